-- Samia Tarot: typical faults of a database without constraints. Run it after setup.sql:
--
--   psql -f dirty.sql
--
-- Every block below is a reason to refuse the plan. The numbers are the same at every scale.

\set ON_ERROR_STOP on
\set QUIET on

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL search_path = public, pg_catalog;
SET LOCAL timezone = 'UTC';

-- Accounts were deleted by hand, but not their wallets: 7 orphans for fk_wallets_user_id.
INSERT INTO wallets (id, user_id, balance, created_at, updated_at)
SELECT md5('lost-wallet-' || i)::uuid, md5('deleted-user-' || i)::uuid, i * 12.50, timestamptz '2024-10-01', timestamptz '2024-10-01'
FROM generate_series(1, 7) AS i;

-- A booked service was deleted: 3 orphans for fk_bookings_service_id.
-- Two of the bookings belong to one of the deleted accounts: 2 orphans for fk_bookings_user_id.
INSERT INTO bookings (id, reference, user_id, reader_id, service_id, status, scheduled_at, price, created_at, updated_at)
SELECT md5('lost-booking-' || i)::uuid, 'LOST-' || i, md5(CASE WHEN i < 3 THEN 'deleted-user-1' ELSE 'user-100' END)::uuid, NULL,
       md5('deleted-service')::uuid, 'completed', timestamptz '2024-10-02', 30, timestamptz '2024-10-01', timestamptz '2024-10-01'
FROM generate_series(1, 3) AS i;

-- A clean-up removed closed chats, but not their messages: 12 orphans for fk_chat_messages_session_id.
INSERT INTO chat_messages (id, session_id, sender_id, content, created_at)
SELECT md5('lost-chat-message-' || i)::uuid, md5('deleted-chat-' || i % 3)::uuid, md5('user-' || i)::uuid, 'Are you still there?', timestamptz '2024-10-03'
FROM generate_series(1, 12) AS i;

-- Two people registered twice, the second time in upper case: 2 duplicates for the unique index idx_users_email_lower.
INSERT INTO users (id, email, username, created_at, updated_at)
SELECT md5('second-account-' || i)::uuid, upper(email), username || '_2', timestamptz '2024-10-04', timestamptz '2024-10-04'
FROM generate_series(101, 102) AS i JOIN users ON users.id = md5('user-' || i)::uuid;

-- The inbox lost messages that only the copy still has: messages_backup has 40 rows more than messages.
DELETE FROM messages WHERE id <= 40;

-- A report uses a backup table: a view depends on voice_notes_backup.
CREATE VIEW voice_note_minutes AS
  SELECT user_id, sum(duration_seconds) / 60 AS minutes FROM voice_notes_backup GROUP BY user_id;

COMMIT;

ANALYZE;
