-- Triggers that note the lines of text files that change (see `changes.sql`). A store has them only from its first files
-- on: until then nothing is to be noted, and each row that comes would ask in vain.

CREATE TRIGGER IF NOT EXISTS node_insert AFTER INSERT ON nodes
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, NEW.label, '', '', NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS node_update AFTER UPDATE ON nodes
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, NEW.label, '', '', NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS node_delete AFTER DELETE ON nodes
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, OLD.label, '', '', OLD.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS edge_insert AFTER INSERT ON edges
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, NEW.label, (SELECT label FROM nodes WHERE id = NEW.start), (SELECT label FROM nodes WHERE id = NEW.end), NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS edge_update AFTER UPDATE ON edges
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, NEW.label, (SELECT label FROM nodes WHERE id = NEW.start), (SELECT label FROM nodes WHERE id = NEW.end), NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS edge_delete AFTER DELETE ON edges
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, OLD.label, (SELECT label FROM nodes WHERE id = OLD.start), (SELECT label FROM nodes WHERE id = OLD.end), OLD.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS article_insert AFTER INSERT ON articles
BEGIN
  INSERT INTO changed VALUES (
    'articles.jsonl', json_extract(NEW.record, '$.source'), rtrim(NEW.id, '0123456789'), length(NEW.id), '', NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS article_update AFTER UPDATE ON articles
BEGIN
  DELETE FROM written WHERE file = 'articles.jsonl';
END;
