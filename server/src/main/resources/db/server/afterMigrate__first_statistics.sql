-- A young table has no statistics, and then every index that begins with the merchant looks as good
-- as the one that finds the row. A plan that was made so is kept by its connection until somebody
-- analyzes the table, while the table grows. So each column merchant_id is said to hold one value,
-- until the first ANALYZE knows better: then no index is chosen for the merchant alone.
DO $$
DECLARE
  young record;
BEGIN
  FOR young IN
    SELECT c.relname::text
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'merchant_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND c.relowner = current_user::regrole
       AND NOT EXISTS (SELECT FROM pg_stats s
                        WHERE s.schemaname = 'public' AND s.tablename = c.relname
                          AND s.attname = a.attname)
  LOOP
    PERFORM pg_restore_attribute_stats(
      'schemaname', 'public', 'relname', young.relname, 'attname', 'merchant_id',
      'inherited', false, 'null_frac', 0::real, 'avg_width', 4, 'n_distinct', 1::real);
  END LOOP;
END $$;
