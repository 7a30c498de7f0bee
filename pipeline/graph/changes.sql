-- The text files beside the store, as they were written, and the keys (see `files.py`) of the lines that changed since.
DROP TABLE IF EXISTS written;
CREATE TABLE written (file TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
DROP TABLE IF EXISTS changed;
CREATE TABLE changed (file TEXT, a, b, c, d, id TEXT, PRIMARY KEY (file, a, b, c, d, id)) WITHOUT ROWID;

-- `watch.sql` makes them anew.
DROP TRIGGER IF EXISTS node_insert;
DROP TRIGGER IF EXISTS node_update;
DROP TRIGGER IF EXISTS node_delete;
DROP TRIGGER IF EXISTS edge_insert;
DROP TRIGGER IF EXISTS edge_update;
DROP TRIGGER IF EXISTS edge_delete;
DROP TRIGGER IF EXISTS article_insert;
DROP TRIGGER IF EXISTS article_update;
