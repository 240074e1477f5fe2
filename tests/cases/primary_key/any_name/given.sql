-- A primary key under another name than the usual one is as declared, unless the file names it.
CREATE TABLE users (id bigint, CONSTRAINT whatever PRIMARY KEY (id));
CREATE TABLE orders (id bigint, CONSTRAINT "Old Name" PRIMARY KEY (id));
