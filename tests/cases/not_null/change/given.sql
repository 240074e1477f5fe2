-- Name, comment and NO INHERIT of a not-null that is there; a name that is left out may be any.
-- pg: >= 18
CREATE TABLE users (
    id bigint CONSTRAINT kept_as_it_is NOT NULL,
    email text CONSTRAINT old_name NOT NULL,
    nick text NOT NULL NO INHERIT,
    born date NOT NULL
);
COMMENT ON CONSTRAINT users_born_not_null ON users IS 'why?';
