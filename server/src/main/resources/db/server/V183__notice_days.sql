-- What is left of notices that were done long ago: how often a subject was told what.
CREATE TABLE notice_told (
  merchant_id int    NOT NULL,
  subject     bigint NOT NULL,
  event       text   NOT NULL,
  status      text   NOT NULL,  -- as the facts had it
  times       int    NOT NULL,
  PRIMARY KEY (merchant_id, subject, event, status)
);

-- Every telling of a subject, wherever it lies by now.
CREATE VIEW notice_tally AS
  SELECT merchant_id, subject, event, facts ->> 'status' AS status, 1 AS times FROM news
  UNION ALL SELECT merchant_id, subject, event, facts ->> 'status', 1 FROM notice
  UNION ALL SELECT merchant_id, subject, event, facts ->> 'status', 1 FROM notice_done
  UNION ALL SELECT merchant_id, subject, event, status, times FROM notice_told;

-- The first id of a day of Beijing time (kernel.Ids: milliseconds since 2020, then 22 bits).
CREATE FUNCTION first_id_of(day date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT ((extract(epoch FROM day::timestamp AT TIME ZONE 'Asia/Shanghai') - 1577836800) * 1000)::bigint << 22
$$;

-- Gives a day its own partition; false where it has one, or where notices of that day are already in
-- the default partition (they stay there). The application may call it.
CREATE FUNCTION open_notice_day(day date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  opens bigint := first_id_of(day);
  closes bigint := first_id_of(day + 1);
  partition text := 'notice_done_' || to_char(day, 'YYYY_MM_DD');
BEGIN
  IF to_regclass(partition) IS NOT NULL
     OR EXISTS (SELECT FROM notice_done_any WHERE id >= opens AND id < closes) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF notice_done FOR VALUES FROM (%L) TO (%L)',
                 partition, opens, closes);
  -- As afterMigrate does for the others.
  PERFORM pg_restore_attribute_stats(
    'schemaname', 'public', 'relname', partition, 'attname', 'merchant_id',
    'inherited', false, 'null_frac', 0::real, 'avg_width', 4, 'n_distinct', 1::real);
  RETURN true;
END $$;

-- Takes away the oldest day before this one, if nothing is left in it; false where there is none.
CREATE FUNCTION close_notice_day(before date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  partition regclass;
  full_yet boolean;
BEGIN
  SELECT c.oid::regclass INTO partition
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
   WHERE i.inhparent = 'notice_done'::regclass AND c.relname ~ '^notice_done_[0-9_]{10}$'
     AND c.relname < 'notice_done_' || to_char(before, 'YYYY_MM_DD')
   ORDER BY c.relname LIMIT 1;
  IF partition IS NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', partition);
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', partition) INTO full_yet;
  IF NOT full_yet THEN
    EXECUTE format('DROP TABLE %s', partition);
  END IF;
  RETURN NOT full_yet;
END $$;

-- A week ahead; the server opens further days.
SELECT open_notice_day(((now() AT TIME ZONE 'Asia/Shanghai')::date + n)::date)
  FROM generate_series(0, 7) AS n;
