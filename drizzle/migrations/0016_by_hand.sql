-- The columns that 0012 and 0013 made by hand are known to drizzle-kit from here on: nothing is left to do.
select 1;
