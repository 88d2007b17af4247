DROP TABLE drifts;
DROP TABLE dossiers;
