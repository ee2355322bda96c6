-- Tables that are cut by time, so that what is old goes with its slice and not row by row. Only the
-- owner opens and drops slices; the application may ask for it, and gets no more than is said here.
CREATE TABLE sliced (
  name     text     PRIMARY KEY,        -- the table: partitioned by range of one timestamptz
  width    text     NOT NULL CHECK (width IN ('hour', 'day', 'month')),  -- of Beijing time
  ahead    smallint NOT NULL,           -- how many slices are open besides the one of now
  at_least interval NOT NULL,           -- how long a slice is kept after its end, whoever asks
  appended boolean  NOT NULL,           -- append-only, as the journal is
  storage  text     NOT NULL DEFAULT '' -- its slices' storage parameters
);
REVOKE INSERT, UPDATE, DELETE ON sliced FROM tongbao_app;

-- Opens the slice of now and those ahead, but for such as have begun in the default partition (they
-- stay there). Gives how many. Nobody waits behind it for long: it is asked again soon.
CREATE FUNCTION open_slices(asked text) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  cut sliced;
  step interval;
  opens timestamp;
  slice text;
  opened int := 0;
BEGIN
  SELECT * INTO STRICT cut FROM sliced WHERE name = asked;
  step := ('1 ' || cut.width)::interval;
  PERFORM pg_advisory_xact_lock(hashtext('slices'), hashtext(cut.name));
  FOR n IN 0..cut.ahead LOOP
    opens := date_trunc(cut.width, now() AT TIME ZONE 'Asia/Shanghai') + n * step;
    slice := cut.name || to_char(opens, CASE cut.width
      WHEN 'hour' THEN '_YYYY_MM_DD_HH24' WHEN 'day' THEN '_YYYY_MM_DD' ELSE '_YYYY_MM' END);
    CONTINUE WHEN to_regclass(slice) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L) %s', slice, cut.name,
        opens AT TIME ZONE 'Asia/Shanghai', (opens + step) AT TIME ZONE 'Asia/Shanghai',
        'WITH (' || nullif(cut.storage, '') || ')');
    EXCEPTION WHEN check_violation THEN
      CONTINUE;
    END;
    IF cut.appended THEN
      PERFORM make_append_only(slice::regclass);
      EXECUTE format('REVOKE INSERT ON %I FROM tongbao_app', slice); -- only through the whole
    END IF;
    opened := opened + 1;
  END LOOP;
  RETURN opened;
END $$;

-- Drops the oldest slice that has been over for as long as it is kept; gives its name, or null where
-- there is none. Whoever asks may have slices kept longer than is said above, not shorter.
CREATE FUNCTION drop_slice(asked text, kept interval) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  cut sliced;
  slice text;
BEGIN
  SELECT * INTO STRICT cut FROM sliced WHERE name = asked;
  SELECT s.name INTO slice
    FROM (SELECT c.oid::regclass::text AS name,
                 substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz AS closes
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
           WHERE i.inhparent = cut.name::regclass) s
   WHERE s.closes < now() - greatest(kept, cut.at_least)
   ORDER BY s.closes LIMIT 1;
  IF slice IS NOT NULL THEN
    -- The whole first, as all others do: who waits for it holds no part of it.
    EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', cut.name);
    EXECUTE format('DROP TABLE IF EXISTS %s', slice);
  END IF;
  RETURN slice;
END $$;

REVOKE ALL ON FUNCTION open_slices(text), drop_slice(text, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_slices(text), drop_slice(text, interval) TO tongbao_app;
