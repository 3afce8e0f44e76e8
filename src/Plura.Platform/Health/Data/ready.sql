-- What /ready asks: which version the database is at, and which keys it was written with.
grant select on platform.migration, platform.key_name to plura_app;
