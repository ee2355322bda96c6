-- Looks for numbers of cards, identities and phones that stand somewhere for all to read. They belong
-- under the vault's seal; columns whose words a merchant chooses are declared below.
CREATE FUNCTION passes_luhn(digits text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT sum(CASE WHEN (length(digits) - place) % 2 = 0 THEN digit
                  WHEN digit > 4 THEN 2 * digit - 9 ELSE 2 * digit END) % 10 = 0
    FROM (SELECT place, substr(digits, place::int, 1)::int AS digit
            FROM generate_series(1, length(digits)) AS place) d
$$;

CREATE FUNCTION shown_number(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN words !~ '[0-9]{11}' THEN NULL
    WHEN words ~ '(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])' THEN 'phone'
    WHEN words ~ '(?<![0-9A-Za-z])[1-9][0-9]{5}(19|20)[0-9]{9}[0-9X](?![0-9A-Za-z])' THEN 'identity'
    WHEN EXISTS (SELECT FROM regexp_matches(words, '(?<![0-9A-Za-z])([0-9]{13,19})(?![0-9A-Za-z])', 'g') AS m
                  WHERE passes_luhn(m[1]) OR m[1] ~ '^62[0-9]{14,}$') THEN 'card'
  END
$$;

-- One row for each column and kind of number. Of a large table a sample is looked at.
CREATE FUNCTION shown_numbers(looked_at int) RETURNS TABLE (place text, kind text, times bigint)
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  -- What merchants (and we, for them) choose freely, by the names that such columns have.
  declared CONSTANT text[] := ARRAY[
    'biz_user_id', 'number', 'batch_no', 'goods_no', 'goods_name', 'goods_desc', 'summary',
    'extend_info', 'remark', 'notes', 'anchor_id', 'pay_remark', 'url', 'back_url', 'front_url', 'origin',
    'code', 'name', 'settings', 'certificate'];
  own_words CONSTANT text :=
    '"([A-Za-z]*[bB]izUserId|biz[A-Za-z]*No|batchNo|extendInfo|remark|payout|notice)"\s*:\s*"([^"\\]|\\.)*"';
  c record;
BEGIN
  FOR c IN
    SELECT t.oid, t.relname, a.attname, coalesce(
             (SELECT sum(greatest(p.reltuples, 0)) -- of all partitions together
                FROM pg_inherits f JOIN pg_class p ON p.oid = f.inhrelid
               WHERE f.inhparent = (SELECT inhparent FROM pg_inherits WHERE inhrelid = t.oid)),
             t.reltuples) AS size
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname IN ('public', 'simbank')
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE t.relkind = 'r' AND t.relname <> 'ledger_txn'
       AND has_table_privilege(t.oid, 'SELECT')
       AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'json'::regtype, 'jsonb'::regtype,
                          'text[]'::regtype)
       AND a.attname <> ALL (declared)
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT %L::text, k, count(*)
         FROM (SELECT shown_number(regexp_replace(%I::text, %L, '''', ''g'')) AS k
                 FROM %s TABLESAMPLE SYSTEM (%s)
                WHERE %I::text ~ ''[0-9]{11}'') s
        WHERE k IS NOT NULL GROUP BY k',
      c.relname || '.' || c.attname, c.attname, own_words, c.oid::regclass,
      least(100, 100.0 * looked_at / greatest(c.size, 1)), c.attname);
  END LOOP;
END $$;
