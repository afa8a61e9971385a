-- A desk's list walks only rows that it may have, and with a status only rows of that status: both for a million
-- reports as for a thousand. The status is that of the report, repeated with each recipient.

ALTER TABLE ontvangers ADD COLUMN status TEXT NOT NULL DEFAULT 'nieuw';
UPDATE ontvangers SET status = (SELECT m.status FROM meldingen m WHERE m.rij = ontvangers.melding);
CREATE TRIGGER meldingen_status AFTER UPDATE OF status ON meldingen BEGIN
    UPDATE ontvangers SET status = NEW.status WHERE melding = NEW.rij;
END;

DROP INDEX ontvangers_loket;
CREATE INDEX ontvangers_lijst ON ontvangers (loket, plaats) WHERE vrij;
CREATE INDEX ontvangers_status ON ontvangers (loket, status, plaats) WHERE vrij;
