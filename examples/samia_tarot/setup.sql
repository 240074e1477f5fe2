-- Samia Tarot: the database of a booking platform for tarot readings, as it was before its repair.
--
--   psql -v scale=1 -f setup.sql        into an empty database, PostgreSQL 14 or later, no extension needed
--
-- 291 tables. Only the application's code knows the relations between the busiest ones: there are no foreign keys,
-- no indexes to support them, and four backup tables that were created by hand and never removed.
-- `scale` (a whole number, 1 by default) multiplies the rows: 1 loads in seconds, 100 gives millions of rows.
-- The same scale always gives the same rows.

\set ON_ERROR_STOP on
\set QUIET on
\if :{?scale}
\else
  \set scale 1
\endif

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL search_path = public, pg_catalog;
SET LOCAL timezone = 'UTC';


-- ---------------------------------------------------------------------------------------------------------------
-- Types
-- ---------------------------------------------------------------------------------------------------------------

CREATE TYPE booking_status AS ENUM ('pending', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show');
CREATE TYPE wallet_transaction_kind AS ENUM ('deposit', 'withdrawal', 'payment', 'refund', 'bonus', 'adjustment');
CREATE TYPE zodiac_sign AS ENUM ('aries', 'taurus', 'gemini', 'cancer', 'leo', 'virgo', 'libra', 'scorpio',
                                 'sagittarius', 'capricorn', 'aquarius', 'pisces');
CREATE TYPE ticket_priority AS ENUM ('low', 'normal', 'high', 'urgent');
CREATE TYPE severity_level AS ENUM ('debug', 'info', 'warning', 'error', 'critical');

CREATE DOMAIN currency_code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN percentage AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);


-- ---------------------------------------------------------------------------------------------------------------
-- Core: accounts, money, bookings, readings, conversations
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE users (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email              text NOT NULL,
  username           text NOT NULL UNIQUE,
  encrypted_password text,
  phone              text,
  country_code       char(2),
  locale             text NOT NULL DEFAULT 'en',
  status             text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
  raw_metadata       jsonb NOT NULL DEFAULT '{}',
  last_sign_in_at    timestamptz,
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE profiles (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id      uuid NOT NULL,
  full_name    text NOT NULL,
  display_name text,
  bio          text,
  birth_date   date,
  zodiac       zodiac_sign,
  avatar_url   text,
  languages    text[] NOT NULL DEFAULT '{en}',
  timezone     text NOT NULL DEFAULT 'UTC',
  preferences  jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE user_roles (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL,
  role       text NOT NULL CHECK (role IN ('client', 'reader', 'monitor', 'admin', 'super_admin')),
  granted_by uuid,
  granted_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT user_roles_role_user_id_key UNIQUE (role, user_id)
);

CREATE TABLE wallets (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL,
  currency   currency_code NOT NULL DEFAULT 'USD',
  balance    numeric(12,2) NOT NULL DEFAULT 0 CHECK (balance >= 0),
  is_frozen  boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE wallet_transactions (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  wallet_id     uuid NOT NULL,
  payment_id    uuid,
  kind          wallet_transaction_kind NOT NULL,
  amount        numeric(12,2) NOT NULL,
  balance_after numeric(12,2) NOT NULL,
  description   text,
  created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE payments (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id            uuid NOT NULL,
  booking_id         uuid,
  amount             numeric(12,2) NOT NULL CHECK (amount > 0),
  currency           currency_code NOT NULL DEFAULT 'USD',
  status             text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'paid', 'failed', 'refunded')),
  method             text NOT NULL,
  provider_reference text UNIQUE,
  metadata           jsonb NOT NULL DEFAULT '{}',
  paid_at            timestamptz,
  created_at         timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE services (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reader_id        uuid NOT NULL,
  title            text NOT NULL,
  description      text,
  category         text NOT NULL,
  price            numeric(10,2) NOT NULL CHECK (price >= 0),
  currency         currency_code NOT NULL DEFAULT 'USD',
  duration_minutes smallint NOT NULL DEFAULT 30 CHECK (duration_minutes > 0),
  tags             text[] NOT NULL DEFAULT '{}',
  is_active        boolean NOT NULL DEFAULT true,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE bookings (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reference        text NOT NULL UNIQUE,
  user_id          uuid NOT NULL,
  reader_id        uuid,                          -- empty once the reader has left
  service_id       uuid NOT NULL,
  status           booking_status NOT NULL DEFAULT 'pending',
  scheduled_at     timestamptz NOT NULL,
  duration_minutes smallint NOT NULL DEFAULT 30,
  price            numeric(10,2) NOT NULL,
  notes            text,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tarot_decks (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reader_id   uuid,                               -- empty for the decks of the house
  name        text NOT NULL,
  description text,
  card_count  smallint NOT NULL DEFAULT 78,
  back_image  text,
  is_public   boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tarot_cards (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  deck_id          uuid NOT NULL,
  number           smallint NOT NULL,
  arcana           text NOT NULL CHECK (arcana IN ('major', 'minor')),
  suit             text CHECK (suit IN ('wands', 'cups', 'swords', 'pentacles')),
  name             text NOT NULL,
  keywords         text[] NOT NULL DEFAULT '{}',
  upright_meaning  text,
  reversed_meaning text,
  image_url        text,
  UNIQUE (deck_id, number)
);

CREATE TABLE tarot_spreads (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reader_id      uuid,
  name           text NOT NULL,
  description    text,
  position_count smallint NOT NULL CHECK (position_count BETWEEN 1 AND 21),
  difficulty     text NOT NULL DEFAULT 'beginner',
  is_public      boolean NOT NULL DEFAULT true,
  created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tarot_spread_positions (
  spread_id uuid NOT NULL,
  position  smallint NOT NULL,
  label     text NOT NULL,
  meaning   text,
  x         real NOT NULL DEFAULT 0,
  y         real NOT NULL DEFAULT 0,
  PRIMARY KEY (spread_id, position)
);

CREATE TABLE reading_sessions (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id        uuid NOT NULL,
  reader_id      uuid,
  booking_id     uuid,
  service_id     uuid,
  deck_id        uuid,
  spread_id      uuid,
  status         text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'drawing', 'finished', 'abandoned')),
  question       text,
  interpretation text,
  started_at     timestamptz,
  ended_at       timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE reading_cards (
  session_id  uuid NOT NULL,
  position    smallint NOT NULL,
  card_id     uuid NOT NULL,
  is_reversed boolean NOT NULL DEFAULT false,
  note        text,
  PRIMARY KEY (session_id, position)
);

CREATE TABLE chat_sessions (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL,
  reader_id  uuid,
  booking_id uuid,
  status     text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'escalated')),
  metadata   jsonb NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz
);

CREATE TABLE chat_messages (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id   uuid NOT NULL,
  sender_id    uuid,
  message_type text NOT NULL DEFAULT 'text' CHECK (message_type IN ('text', 'image', 'voice', 'system')),
  content      text,
  attachments  jsonb NOT NULL DEFAULT '[]',
  is_read      boolean NOT NULL DEFAULT false,
  created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE voice_notes (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id          uuid NOT NULL,
  message_id       uuid,
  storage_path     text NOT NULL,
  mime_type        text NOT NULL DEFAULT 'audio/ogg',
  duration_seconds numeric(6,1) NOT NULL,
  transcript       text,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE messages (                           -- the inbox, older than the chat
  id           bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  sender_id    uuid NOT NULL,
  recipient_id uuid NOT NULL,
  subject      text,
  body         text NOT NULL,
  read_at      timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE notifications (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL,
  type       text NOT NULL,
  title      text NOT NULL,
  body       text,
  channels   text[] NOT NULL DEFAULT '{in_app}',
  data       jsonb NOT NULL DEFAULT '{}',
  read_at    timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE reviews (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  booking_id uuid NOT NULL UNIQUE,
  user_id    uuid NOT NULL,
  reader_id  uuid NOT NULL,
  rating     smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment    text,
  is_visible boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE backup_logs (                        -- written by the nightly backup job
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  backup_name  text NOT NULL,
  source_table text NOT NULL,
  row_count    bigint,
  size_bytes   bigint,
  status       text NOT NULL DEFAULT 'completed',
  started_at   timestamptz NOT NULL DEFAULT now(),
  finished_at  timestamptz,
  details      jsonb NOT NULL DEFAULT '{}'
);


-- ---------------------------------------------------------------------------------------------------------------
-- Accounts: sign-in, devices, privacy
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE roles (name text PRIMARY KEY, description text, rank smallint NOT NULL DEFAULT 0);
CREATE TABLE permissions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, resource text NOT NULL, action text NOT NULL,
  UNIQUE (resource, action)
);
CREATE TABLE role_permissions (
  role text NOT NULL, permission_id bigint NOT NULL, granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (role, permission_id)
);
CREATE TABLE user_devices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL,
  platform text NOT NULL CHECK (platform IN ('ios', 'android', 'web')), model text, app_version text,
  push_token text, last_seen_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE user_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, token_hash text NOT NULL UNIQUE,
  ip_address inet, user_agent text, expires_at timestamptz NOT NULL, revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE user_identities (
  provider text NOT NULL, provider_uid text NOT NULL, user_id uuid NOT NULL, claims jsonb NOT NULL DEFAULT '{}',
  linked_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (provider, provider_uid)
);
CREATE TABLE login_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, ip_address inet NOT NULL,
  succeeded boolean NOT NULL, failure_reason text, attempted_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE password_resets (
  token_hash text PRIMARY KEY, user_id uuid NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz
);
CREATE TABLE email_verifications (
  token_hash text PRIMARY KEY, user_id uuid NOT NULL, email text NOT NULL, expires_at timestamptz NOT NULL,
  verified_at timestamptz
);
CREATE TABLE phone_verifications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, phone text NOT NULL,
  code_hash text NOT NULL, attempts smallint NOT NULL DEFAULT 0, expires_at timestamptz NOT NULL,
  verified_at timestamptz
);
CREATE TABLE two_factor_secrets (
  user_id uuid PRIMARY KEY, secret bytea NOT NULL, confirmed_at timestamptz, last_used_step bigint
);
CREATE TABLE two_factor_recovery_codes (
  user_id uuid NOT NULL, code_hash text NOT NULL, used_at timestamptz, PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE user_preferences (
  user_id uuid PRIMARY KEY, theme text NOT NULL DEFAULT 'night', language text NOT NULL DEFAULT 'en',
  currency currency_code NOT NULL DEFAULT 'USD', settings jsonb NOT NULL DEFAULT '{}',
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE user_addresses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, label text, line1 text NOT NULL,
  line2 text, city text NOT NULL, postal_code text, country_code char(2) NOT NULL,
  is_default boolean NOT NULL DEFAULT false
);
CREATE TABLE user_blocks (
  blocker_id uuid NOT NULL, blocked_id uuid NOT NULL, reason text,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
CREATE TABLE user_reports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reporter_id uuid NOT NULL, reported_id uuid NOT NULL,
  reason text NOT NULL, evidence jsonb NOT NULL DEFAULT '[]', status text NOT NULL DEFAULT 'open',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE user_consents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, document text NOT NULL,
  version text NOT NULL, accepted_at timestamptz NOT NULL DEFAULT now(), ip_address inet,
  UNIQUE (user_id, document, version)
);
CREATE TABLE user_notes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, author_id uuid, body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE user_follows (
  follower_id uuid NOT NULL, reader_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, reader_id)
);
CREATE TABLE user_favorites (
  user_id uuid NOT NULL, service_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, service_id)
);
CREATE TABLE user_status_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, old_status text,
  new_status text NOT NULL, reason text, changed_by uuid, changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE account_deletion_requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, reason text,
  requested_at timestamptz NOT NULL DEFAULT now(), executed_at timestamptz
);
CREATE TABLE data_export_requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, format text NOT NULL DEFAULT 'json',
  file_path text, requested_at timestamptz NOT NULL DEFAULT now(), ready_at timestamptz, expires_at timestamptz
);
CREATE TABLE impersonation_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), admin_id uuid NOT NULL, user_id uuid NOT NULL,
  reason text NOT NULL, started_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz
);
CREATE TABLE invitation_codes (
  code text PRIMARY KEY, created_by uuid, max_uses integer NOT NULL DEFAULT 1, uses integer NOT NULL DEFAULT 0,
  expires_at timestamptz
);

-- ---------------------------------------------------------------------------------------------------------------
-- Readers: applications, calendars, quality
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE reader_profiles (
  reader_id uuid PRIMARY KEY, headline text, about text, years_of_experience smallint,
  specialties text[] NOT NULL DEFAULT '{}', hourly_rate numeric(8,2), video_url text,
  is_featured boolean NOT NULL DEFAULT false, approved_at timestamptz
);
CREATE TABLE reader_applications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid, full_name text NOT NULL, email text NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}', status text NOT NULL DEFAULT 'received', reviewed_by uuid,
  reviewed_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE reader_documents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, kind text NOT NULL,
  file_path text NOT NULL, verified_at timestamptz, expires_on date
);
CREATE TABLE reader_specialties (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL, icon text
);
CREATE TABLE reader_specialty_links (
  reader_id uuid NOT NULL, specialty_id smallint NOT NULL, PRIMARY KEY (reader_id, specialty_id)
);
CREATE TABLE reader_languages (
  reader_id uuid NOT NULL, language_code text NOT NULL, fluency text NOT NULL DEFAULT 'fluent',
  PRIMARY KEY (reader_id, language_code)
);
CREATE TABLE reader_availability (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6), starts_at time NOT NULL, ends_at time NOT NULL,
  timezone text NOT NULL DEFAULT 'UTC', CHECK (starts_at < ends_at)
);
CREATE TABLE reader_availability_exceptions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, period tstzrange NOT NULL,
  is_available boolean NOT NULL DEFAULT false, reason text
);
CREATE TABLE reader_schedules (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, week date NOT NULL,
  slots jsonb NOT NULL DEFAULT '[]', UNIQUE (reader_id, week)
);
CREATE TABLE reader_time_off (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, days daterange NOT NULL,
  approved_by uuid, note text
);
CREATE TABLE reader_online_status (
  reader_id uuid PRIMARY KEY, is_online boolean NOT NULL DEFAULT false, status_text text,
  heartbeat_at timestamptz
);
CREATE TABLE reader_ratings (
  reader_id uuid PRIMARY KEY, review_count integer NOT NULL DEFAULT 0, average numeric(3,2),
  distribution integer[] NOT NULL DEFAULT '{0,0,0,0,0}', computed_at timestamptz
);
CREATE TABLE reader_badges (
  reader_id uuid NOT NULL, badge text NOT NULL, awarded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (reader_id, badge)
);
CREATE TABLE reader_levels (
  level smallint PRIMARY KEY, name text NOT NULL, commission percentage NOT NULL,
  min_bookings integer NOT NULL DEFAULT 0
);
CREATE TABLE reader_level_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reader_id uuid NOT NULL, level smallint NOT NULL,
  valid_from date NOT NULL
);
CREATE TABLE reader_trainings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text NOT NULL, content_url text,
  duration_minutes integer, is_mandatory boolean NOT NULL DEFAULT false
);
CREATE TABLE reader_training_progress (
  reader_id uuid NOT NULL, training_id uuid NOT NULL, percent percentage NOT NULL DEFAULT 0,
  completed_at timestamptz, PRIMARY KEY (reader_id, training_id)
);
CREATE TABLE reader_warnings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, issued_by uuid, reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE reader_bank_accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, holder text NOT NULL,
  iban text NOT NULL, bic text, currency currency_code NOT NULL, is_default boolean NOT NULL DEFAULT false,
  verified_at timestamptz
);
CREATE TABLE reader_tax_profiles (
  reader_id uuid PRIMARY KEY, country_code char(2) NOT NULL, tax_number text,
  is_business boolean NOT NULL DEFAULT false, form jsonb
);
CREATE TABLE reader_client_notes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, client_id uuid NOT NULL,
  note text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------------------------------------------------------
-- Services and bookings
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE service_categories (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL,
  parent_id smallint, sort_order smallint NOT NULL DEFAULT 0
);
CREATE TABLE service_images (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), service_id uuid NOT NULL, url text NOT NULL, alt text,
  sort_order smallint NOT NULL DEFAULT 0
);
CREATE TABLE service_prices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, service_id uuid NOT NULL, currency currency_code NOT NULL,
  amount numeric(10,2) NOT NULL, valid_from date NOT NULL, valid_to date,
  UNIQUE (service_id, currency, valid_from)
);
CREATE TABLE service_addons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), service_id uuid NOT NULL, name text NOT NULL,
  price numeric(10,2) NOT NULL DEFAULT 0, is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE service_faqs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), service_id uuid NOT NULL, question text NOT NULL,
  answer text NOT NULL
);
CREATE TABLE service_translations (
  service_id uuid NOT NULL, language_code text NOT NULL, title text NOT NULL, description text,
  PRIMARY KEY (service_id, language_code)
);
CREATE TABLE service_bundles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, price numeric(10,2) NOT NULL,
  valid_days integer NOT NULL DEFAULT 90
);
CREATE TABLE service_bundle_items (
  bundle_id uuid NOT NULL, service_id uuid NOT NULL, quantity smallint NOT NULL DEFAULT 1,
  PRIMARY KEY (bundle_id, service_id)
);
CREATE TABLE booking_status_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, booking_id uuid NOT NULL, old_status booking_status,
  new_status booking_status NOT NULL, changed_by uuid, changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE booking_addons (
  booking_id uuid NOT NULL, addon_id uuid NOT NULL, price numeric(10,2) NOT NULL,
  PRIMARY KEY (booking_id, addon_id)
);
CREATE TABLE booking_notes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), booking_id uuid NOT NULL, author_id uuid, body text NOT NULL,
  is_private boolean NOT NULL DEFAULT true
);
CREATE TABLE booking_reminders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), booking_id uuid NOT NULL, remind_at timestamptz NOT NULL,
  channel text NOT NULL, sent_at timestamptz
);
CREATE TABLE booking_cancellations (
  booking_id uuid PRIMARY KEY, cancelled_by uuid, reason text, fee numeric(10,2) NOT NULL DEFAULT 0,
  cancelled_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE booking_reschedules (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), booking_id uuid NOT NULL, old_time timestamptz NOT NULL,
  new_time timestamptz NOT NULL, requested_by uuid
);
CREATE TABLE booking_questions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), service_id uuid, question text NOT NULL,
  is_required boolean NOT NULL DEFAULT false, options text[]
);
CREATE TABLE booking_answers (
  booking_id uuid NOT NULL, question_id uuid NOT NULL, answer text, PRIMARY KEY (booking_id, question_id)
);
CREATE TABLE booking_disputes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), booking_id uuid NOT NULL, opened_by uuid NOT NULL,
  reason text NOT NULL, resolution text, status text NOT NULL DEFAULT 'open',
  opened_at timestamptz NOT NULL DEFAULT now(), closed_at timestamptz
);
CREATE TABLE waiting_list_entries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, user_id uuid NOT NULL,
  wanted tstzrange, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE group_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid, title text NOT NULL,
  capacity smallint NOT NULL, starts_at timestamptz NOT NULL, price numeric(10,2) NOT NULL
);
CREATE TABLE group_session_participants (
  group_session_id uuid NOT NULL, user_id uuid NOT NULL, joined_at timestamptz,
  PRIMARY KEY (group_session_id, user_id)
);
CREATE TABLE calendar_connections (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, provider text NOT NULL,
  refresh_token bytea, sync_cursor text, UNIQUE (user_id, provider)
);
CREATE TABLE calendar_events (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), connection_id uuid NOT NULL, external_id text NOT NULL,
  busy tstzrange NOT NULL, booking_id uuid, UNIQUE (connection_id, external_id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Money: invoices, payouts, subscriptions, discounts
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE currencies (
  code currency_code PRIMARY KEY, name text NOT NULL, symbol text NOT NULL,
  minor_units smallint NOT NULL DEFAULT 2
);
CREATE TABLE exchange_rates (
  base currency_code NOT NULL, quote currency_code NOT NULL, day date NOT NULL,
  rate numeric(18,8) NOT NULL CHECK (rate > 0), PRIMARY KEY (base, quote, day)
);
CREATE TABLE countries (
  code char(2) PRIMARY KEY, name text NOT NULL, currency currency_code, dial_code text,
  is_supported boolean NOT NULL DEFAULT true
);
CREATE TABLE tax_rates (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, country_code char(2) NOT NULL, name text NOT NULL,
  rate percentage NOT NULL, valid_from date NOT NULL
);
CREATE TABLE payment_methods (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, kind text NOT NULL, brand text,
  last4 char(4), expires_on date, provider_token text NOT NULL, is_default boolean NOT NULL DEFAULT false
);
CREATE TABLE payment_providers (
  code text PRIMARY KEY, name text NOT NULL, is_enabled boolean NOT NULL DEFAULT true,
  countries text[] NOT NULL DEFAULT '{}', config jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE payment_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payment_id uuid NOT NULL, provider text NOT NULL,
  outcome text NOT NULL, response jsonb, attempted_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE payment_webhooks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, provider text NOT NULL, event_id text NOT NULL,
  payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now(), processed_at timestamptz,
  UNIQUE (provider, event_id)
);
CREATE TABLE payment_disputes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), payment_id uuid NOT NULL, reason text,
  amount numeric(12,2) NOT NULL, due_by date, status text NOT NULL DEFAULT 'open'
);
CREATE TABLE payment_links (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slug text NOT NULL UNIQUE, amount numeric(12,2) NOT NULL,
  currency currency_code NOT NULL, created_by uuid, expires_at timestamptz
);
CREATE TABLE refunds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), payment_id uuid NOT NULL,
  amount numeric(12,2) NOT NULL CHECK (amount > 0), reason text, status text NOT NULL DEFAULT 'requested',
  approved_by uuid, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE invoices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), number text NOT NULL UNIQUE, user_id uuid NOT NULL,
  total numeric(12,2) NOT NULL, tax numeric(12,2) NOT NULL DEFAULT 0, currency currency_code NOT NULL,
  issued_on date NOT NULL, pdf_path text
);
CREATE TABLE invoice_lines (
  invoice_id uuid NOT NULL, line smallint NOT NULL, description text NOT NULL,
  quantity numeric(8,2) NOT NULL DEFAULT 1, unit_price numeric(12,2) NOT NULL, PRIMARY KEY (invoice_id, line)
);
CREATE TABLE invoice_sequences (year smallint PRIMARY KEY, last_number integer NOT NULL DEFAULT 0);
CREATE TABLE receipts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), payment_id uuid NOT NULL UNIQUE, file_path text NOT NULL,
  sent_to text, sent_at timestamptz
);
CREATE TABLE bank_transfers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), payment_id uuid, reference text NOT NULL UNIQUE,
  proof_path text, confirmed_by uuid, confirmed_at timestamptz
);
CREATE TABLE payouts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, period daterange NOT NULL,
  amount numeric(12,2) NOT NULL CHECK (amount >= 0), currency currency_code NOT NULL DEFAULT 'USD',
  status text NOT NULL DEFAULT 'draft', paid_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE payout_items (
  payout_id uuid NOT NULL, booking_id uuid NOT NULL, gross numeric(10,2) NOT NULL,
  commission numeric(10,2) NOT NULL, PRIMARY KEY (payout_id, booking_id)
);
CREATE TABLE payout_batches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, file_path text, payout_count integer NOT NULL,
  total numeric(14,2) NOT NULL, sent_at timestamptz
);
CREATE TABLE commission_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, level smallint, category text,
  commission percentage NOT NULL, priority smallint NOT NULL DEFAULT 0
);
CREATE TABLE subscription_plans (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL UNIQUE, name text NOT NULL,
  price numeric(10,2) NOT NULL, billing_period interval NOT NULL DEFAULT '1 month',
  features jsonb NOT NULL DEFAULT '{}', is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE subscriptions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, plan_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'active', current_period tstzrange NOT NULL,
  cancel_at_period_end boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE subscription_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subscription_id uuid NOT NULL, event text NOT NULL,
  data jsonb, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE subscription_usage (
  subscription_id uuid NOT NULL, feature text NOT NULL, period_start date NOT NULL,
  used integer NOT NULL DEFAULT 0, PRIMARY KEY (subscription_id, feature, period_start)
);
CREATE TABLE coupons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL UNIQUE, discount_percent percentage,
  discount_amount numeric(10,2), max_redemptions integer, valid_during tstzrange,
  is_active boolean NOT NULL DEFAULT true, CHECK (num_nonnulls(discount_percent, discount_amount) = 1)
);
CREATE TABLE coupon_redemptions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), coupon_id uuid NOT NULL, user_id uuid NOT NULL,
  booking_id uuid, discount numeric(10,2) NOT NULL, redeemed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE gift_cards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL UNIQUE,
  initial_amount numeric(10,2) NOT NULL, balance numeric(10,2) NOT NULL, currency currency_code NOT NULL,
  bought_by uuid, expires_on date
);
CREATE TABLE gift_card_transactions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, gift_card_id uuid NOT NULL, payment_id uuid,
  amount numeric(10,2) NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE wallet_top_up_options (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount numeric(10,2) NOT NULL,
  bonus numeric(10,2) NOT NULL DEFAULT 0, currency currency_code NOT NULL
);
CREATE TABLE wallet_holds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), wallet_id uuid NOT NULL, booking_id uuid,
  amount numeric(12,2) NOT NULL, released_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE withdrawal_requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), wallet_id uuid NOT NULL, amount numeric(12,2) NOT NULL,
  status text NOT NULL DEFAULT 'pending', decided_by uuid, decided_at timestamptz
);
CREATE TABLE ledger_accounts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense', 'equity'))
);
CREATE TABLE ledger_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id bigint NOT NULL, document text,
  debit numeric(14,2) NOT NULL DEFAULT 0, credit numeric(14,2) NOT NULL DEFAULT 0, booked_on date NOT NULL
);
CREATE TABLE fraud_checks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), payment_id uuid NOT NULL, score numeric(5,4),
  signals jsonb NOT NULL DEFAULT '{}', decision text, checked_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE fraud_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, expression text NOT NULL,
  weight numeric(4,2) NOT NULL DEFAULT 1, is_enabled boolean NOT NULL DEFAULT true
);

-- ---------------------------------------------------------------------------------------------------------------
-- Tarot: cards, meanings, learning
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE tarot_card_translations (
  card_id uuid NOT NULL, language_code text NOT NULL, name text NOT NULL, upright_meaning text,
  reversed_meaning text, PRIMARY KEY (card_id, language_code)
);
CREATE TABLE tarot_card_combinations (
  first_card text NOT NULL, second_card text NOT NULL, meaning text NOT NULL,
  PRIMARY KEY (first_card, second_card)
);
CREATE TABLE tarot_card_symbols (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, card_name text NOT NULL, symbol text NOT NULL,
  meaning text
);
CREATE TABLE tarot_suits (suit text PRIMARY KEY, element text NOT NULL, domain text NOT NULL, season text);
CREATE TABLE tarot_deck_images (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), deck_id uuid NOT NULL, url text NOT NULL, width integer,
  height integer
);
CREATE TABLE tarot_deck_licenses (
  deck_id uuid PRIMARY KEY, artist text NOT NULL, licence text NOT NULL, valid_until date, royalty percentage
);
CREATE TABLE tarot_deck_uploads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), deck_id uuid, uploaded_by uuid NOT NULL,
  archive_path text NOT NULL, status text NOT NULL DEFAULT 'processing', errors jsonb
);
CREATE TABLE tarot_spread_services (
  spread_id uuid NOT NULL, service_id uuid NOT NULL, PRIMARY KEY (spread_id, service_id)
);
CREATE TABLE tarot_spread_ratings (
  spread_id uuid NOT NULL, user_id uuid NOT NULL, rating smallint NOT NULL, PRIMARY KEY (spread_id, user_id)
);
CREATE TABLE daily_cards (
  user_id uuid NOT NULL, day date NOT NULL, card_id uuid NOT NULL, is_reversed boolean NOT NULL DEFAULT false,
  journal text, PRIMARY KEY (user_id, day)
);
CREATE TABLE reading_templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, topic text NOT NULL, body text NOT NULL,
  language_code text NOT NULL DEFAULT 'en'
);
CREATE TABLE reading_topics (
  slug text PRIMARY KEY, name text NOT NULL, icon text, sort_order smallint NOT NULL DEFAULT 0
);
CREATE TABLE reading_notes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid NOT NULL, author_id uuid, body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE reading_attachments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid NOT NULL, file_path text NOT NULL,
  mime_type text, size_bytes bigint
);
CREATE TABLE reading_shares (
  token text PRIMARY KEY, session_id uuid NOT NULL, created_by uuid, view_count integer NOT NULL DEFAULT 0,
  expires_at timestamptz
);
CREATE TABLE reading_follow_ups (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid NOT NULL, question text NOT NULL, answer text,
  asked_at timestamptz NOT NULL DEFAULT now(), answered_at timestamptz
);
CREATE TABLE reading_feedback (
  session_id uuid PRIMARY KEY, accuracy smallint, empathy smallint, comment text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE reading_journal_entries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, session_id uuid, mood text,
  body text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE oracle_decks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, theme text, card_count smallint NOT NULL
);
CREATE TABLE oracle_cards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), deck_id uuid NOT NULL, name text NOT NULL, message text
);
CREATE TABLE courses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text NOT NULL, level text NOT NULL, teacher_id uuid,
  price numeric(10,2) NOT NULL DEFAULT 0, published_at timestamptz
);
CREATE TABLE course_lessons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), course_id uuid NOT NULL, position smallint NOT NULL,
  title text NOT NULL, video_url text, UNIQUE (course_id, position)
);
CREATE TABLE course_enrollments (
  course_id uuid NOT NULL, user_id uuid NOT NULL, progress percentage NOT NULL DEFAULT 0,
  enrolled_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (course_id, user_id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Astrology
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE zodiac_signs (
  sign zodiac_sign PRIMARY KEY, element text NOT NULL, modality text NOT NULL, ruler text NOT NULL,
  starts_on text NOT NULL, symbol text
);
CREATE TABLE daily_horoscopes (
  sign zodiac_sign NOT NULL, day date NOT NULL, language_code text NOT NULL DEFAULT 'en', body text NOT NULL,
  lucky_number smallint, mood text, PRIMARY KEY (sign, day, language_code)
);
CREATE TABLE weekly_horoscopes (
  sign zodiac_sign NOT NULL, week date NOT NULL, language_code text NOT NULL DEFAULT 'en', body text NOT NULL,
  PRIMARY KEY (sign, week, language_code)
);
CREATE TABLE monthly_horoscopes (
  sign zodiac_sign NOT NULL, month date NOT NULL, language_code text NOT NULL DEFAULT 'en', love text,
  work text, health text, PRIMARY KEY (sign, month, language_code)
);
CREATE TABLE horoscope_subscriptions (
  user_id uuid NOT NULL, sign zodiac_sign NOT NULL, frequency text NOT NULL DEFAULT 'daily',
  send_at time NOT NULL DEFAULT '07:00', PRIMARY KEY (user_id, sign)
);
CREATE TABLE birth_charts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, born_at timestamptz NOT NULL,
  place text, latitude numeric(8,5), longitude numeric(8,5), chart jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE planetary_positions (
  body text NOT NULL, at timestamptz NOT NULL, longitude numeric(9,6) NOT NULL,
  is_retrograde boolean NOT NULL DEFAULT false, PRIMARY KEY (body, at)
);
CREATE TABLE moon_phases (at timestamptz PRIMARY KEY, phase text NOT NULL, sign zodiac_sign);
CREATE TABLE compatibility_scores (
  first_sign zodiac_sign NOT NULL, second_sign zodiac_sign NOT NULL, love percentage, friendship percentage,
  summary text, PRIMARY KEY (first_sign, second_sign)
);
CREATE TABLE dream_entries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, dreamt_on date NOT NULL,
  body text NOT NULL, symbols text[] NOT NULL DEFAULT '{}'
);

-- ---------------------------------------------------------------------------------------------------------------
-- Conversations: chat, calls, voice, moderation
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE chat_participants (
  session_id uuid NOT NULL, user_id uuid NOT NULL, role text NOT NULL DEFAULT 'client',
  joined_at timestamptz NOT NULL DEFAULT now(), left_at timestamptz, PRIMARY KEY (session_id, user_id)
);
CREATE TABLE chat_attachments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), message_id uuid NOT NULL, file_path text NOT NULL,
  mime_type text NOT NULL, size_bytes bigint, checksum bytea
);
CREATE TABLE chat_reactions (
  message_id uuid NOT NULL, user_id uuid NOT NULL, emoji text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (message_id, user_id, emoji)
);
CREATE TABLE chat_read_markers (
  session_id uuid NOT NULL, user_id uuid NOT NULL, last_read_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, user_id)
);
CREATE TABLE chat_typing_events (
  session_id uuid NOT NULL, user_id uuid NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE chat_flags (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), message_id uuid NOT NULL, flagged_by uuid, rule text,
  severity severity_level NOT NULL DEFAULT 'warning', resolved_at timestamptz
);
CREATE TABLE chat_transcripts (
  session_id uuid PRIMARY KEY, body text NOT NULL, message_count integer NOT NULL,
  generated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE chat_canned_replies (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid, shortcut text NOT NULL, body text NOT NULL,
  UNIQUE (owner_id, shortcut)
);
CREATE TABLE chat_extensions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid NOT NULL, minutes smallint NOT NULL,
  price numeric(10,2) NOT NULL, accepted_at timestamptz
);
CREATE TABLE message_templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL, language_code text NOT NULL,
  body text NOT NULL, UNIQUE (code, language_code)
);
CREATE TABLE voice_note_listens (
  voice_note_id uuid NOT NULL, user_id uuid NOT NULL, listened_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (voice_note_id, user_id)
);
CREATE TABLE voice_note_transcriptions (
  voice_note_id uuid PRIMARY KEY, language_code text, confidence numeric(4,3), words jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE voice_note_approvals (
  voice_note_id uuid PRIMARY KEY, approved_by uuid, decision text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE video_calls (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), booking_id uuid, room text NOT NULL UNIQUE,
  provider text NOT NULL, started_at timestamptz, ended_at timestamptz, quality jsonb
);
CREATE TABLE video_call_participants (
  call_id uuid NOT NULL, user_id uuid NOT NULL, joined_at timestamptz, left_at timestamptz,
  PRIMARY KEY (call_id, user_id)
);
CREATE TABLE video_call_recordings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), call_id uuid NOT NULL, file_path text NOT NULL,
  duration interval, consented_by uuid[] NOT NULL DEFAULT '{}'
);
CREATE TABLE call_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, caller_id uuid, callee_id uuid, kind text NOT NULL,
  duration interval, cost numeric(10,2), started_at timestamptz NOT NULL
);
CREATE TABLE emergency_calls (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, reader_id uuid,
  status text NOT NULL DEFAULT 'ringing', escalated_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE moderation_queue (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), subject_type text NOT NULL, subject_id uuid NOT NULL,
  reason text, priority ticket_priority NOT NULL DEFAULT 'normal', assigned_to uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE moderation_actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue_id uuid NOT NULL, moderator_id uuid,
  action text NOT NULL, note text, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE banned_words (
  word text PRIMARY KEY, language_code text NOT NULL DEFAULT 'en',
  severity severity_level NOT NULL DEFAULT 'warning'
);

-- ---------------------------------------------------------------------------------------------------------------
-- Notifications, mail, marketing
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE notification_preferences (
  user_id uuid NOT NULL, topic text NOT NULL, channels text[] NOT NULL DEFAULT '{in_app,email}',
  is_muted boolean NOT NULL DEFAULT false, PRIMARY KEY (user_id, topic)
);
CREATE TABLE notification_templates (
  code text NOT NULL, language_code text NOT NULL, channel text NOT NULL, subject text, body text NOT NULL,
  PRIMARY KEY (code, language_code, channel)
);
CREATE TABLE notification_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, notification_id uuid NOT NULL, channel text NOT NULL,
  status text NOT NULL, error text, delivered_at timestamptz
);
CREATE TABLE push_subscriptions (
  endpoint text PRIMARY KEY, user_id uuid NOT NULL, keys jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE email_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, recipient text NOT NULL, subject text NOT NULL,
  body text NOT NULL, attempts smallint NOT NULL DEFAULT 0, send_after timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);
CREATE TABLE email_bounces (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, kind text NOT NULL, diagnostic text,
  bounced_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE email_suppressions (
  email text PRIMARY KEY, reason text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE newsletter_subscribers (
  email text PRIMARY KEY, language_code text NOT NULL DEFAULT 'en', confirmed_at timestamptz,
  unsubscribed_at timestamptz
);
CREATE TABLE campaigns (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, channel text NOT NULL,
  audience jsonb NOT NULL DEFAULT '{}', starts_at timestamptz, status text NOT NULL DEFAULT 'draft'
);
CREATE TABLE campaign_messages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), campaign_id uuid NOT NULL,
  variant char(1) NOT NULL DEFAULT 'A', subject text, body text NOT NULL
);
CREATE TABLE campaign_recipients (
  campaign_id uuid NOT NULL, user_id uuid NOT NULL, variant char(1), sent_at timestamptz, opened_at timestamptz,
  clicked_at timestamptz, PRIMARY KEY (campaign_id, user_id)
);
CREATE TABLE promo_banners (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text NOT NULL, image_url text, target_url text,
  placement text NOT NULL, shown_during tstzrange
);
CREATE TABLE referral_programs (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
  referrer_reward numeric(10,2) NOT NULL, referee_reward numeric(10,2) NOT NULL,
  is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE referrals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), program_id smallint NOT NULL, referrer_id uuid NOT NULL,
  referee_id uuid NOT NULL UNIQUE, rewarded_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE affiliate_partners (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, code text NOT NULL UNIQUE,
  commission percentage NOT NULL, contact jsonb
);
CREATE TABLE affiliate_clicks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, partner_id uuid NOT NULL, landing_page text,
  ip_address inet, clicked_at timestamptz NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------------------------------------------------------
-- Loyalty and community
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE loyalty_tiers (
  tier text PRIMARY KEY, min_points integer NOT NULL, discount percentage NOT NULL DEFAULT 0,
  perks text[] NOT NULL DEFAULT '{}'
);
CREATE TABLE loyalty_accounts (
  user_id uuid PRIMARY KEY, tier text NOT NULL DEFAULT 'bronze', points integer NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE loyalty_transactions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, points integer NOT NULL,
  reason text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE loyalty_rewards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL,
  cost_points integer NOT NULL CHECK (cost_points > 0), stock integer, is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE loyalty_reward_claims (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reward_id uuid NOT NULL, user_id uuid NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE achievements (
  code text PRIMARY KEY, name text NOT NULL, description text, points integer NOT NULL DEFAULT 0
);
CREATE TABLE user_achievements (
  user_id uuid NOT NULL, achievement text NOT NULL, earned_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, achievement)
);
CREATE TABLE streaks (
  user_id uuid NOT NULL, kind text NOT NULL, length integer NOT NULL DEFAULT 0, last_day date,
  PRIMARY KEY (user_id, kind)
);
CREATE TABLE review_replies (
  review_id uuid PRIMARY KEY, reader_id uuid NOT NULL, body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE review_votes (
  review_id uuid NOT NULL, user_id uuid NOT NULL, is_helpful boolean NOT NULL, PRIMARY KEY (review_id, user_id)
);
CREATE TABLE testimonials (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), author text NOT NULL, quote text NOT NULL,
  country_code char(2), sort_order smallint NOT NULL DEFAULT 0
);
CREATE TABLE forum_categories (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL
);
CREATE TABLE forum_threads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), category_id smallint NOT NULL, author_id uuid,
  title text NOT NULL, is_pinned boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE forum_posts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), thread_id uuid NOT NULL, author_id uuid, body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), edited_at timestamptz
);
CREATE TABLE live_streams (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reader_id uuid NOT NULL, title text NOT NULL,
  stream_key text NOT NULL UNIQUE, starts_at timestamptz, ended_at timestamptz, peak_viewers integer
);

-- ---------------------------------------------------------------------------------------------------------------
-- Content: pages, blog, media
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE cms_pages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slug text NOT NULL UNIQUE, title text NOT NULL, body text,
  status text NOT NULL DEFAULT 'draft', published_at timestamptz
);
CREATE TABLE cms_page_versions (
  page_id uuid NOT NULL, version integer NOT NULL, body text, author_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (page_id, version)
);
CREATE TABLE cms_blocks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), page_id uuid NOT NULL, kind text NOT NULL,
  content jsonb NOT NULL DEFAULT '{}', position smallint NOT NULL
);
CREATE TABLE cms_menus (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, location text NOT NULL UNIQUE,
  items jsonb NOT NULL DEFAULT '[]'
);
CREATE TABLE cms_redirects (from_path text PRIMARY KEY, to_path text NOT NULL, status smallint NOT NULL DEFAULT 301);
CREATE TABLE blog_categories (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL
);
CREATE TABLE blog_posts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), category_id smallint, author_id uuid,
  slug text NOT NULL UNIQUE, title text NOT NULL, body text NOT NULL,
  search tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED,
  published_at timestamptz
);
CREATE TABLE blog_tags (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE blog_post_tags (post_id uuid NOT NULL, tag_id bigint NOT NULL, PRIMARY KEY (post_id, tag_id));
CREATE TABLE blog_comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), post_id uuid NOT NULL, author_id uuid, body text NOT NULL,
  approved_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE faqs (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, category text NOT NULL, question text NOT NULL,
  answer text NOT NULL, sort_order smallint NOT NULL DEFAULT 0
);
CREATE TABLE media_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bucket text NOT NULL, path text NOT NULL, mime_type text,
  size_bytes bigint, metadata jsonb, uploaded_by uuid, UNIQUE (bucket, path)
);
CREATE TABLE seo_metadata (
  path text PRIMARY KEY, title text, description text, image_url text, no_index boolean NOT NULL DEFAULT false
);
CREATE TABLE legal_documents (
  document text NOT NULL, version text NOT NULL, body text NOT NULL, effective_on date NOT NULL,
  PRIMARY KEY (document, version)
);
CREATE TABLE contact_requests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text NOT NULL,
  body text NOT NULL, handled_at timestamptz, created_at timestamptz NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------------------------------------------------------
-- Localisation
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE languages (
  code text PRIMARY KEY, name text NOT NULL, native_name text NOT NULL, direction text NOT NULL DEFAULT 'ltr',
  is_enabled boolean NOT NULL DEFAULT true
);
CREATE TABLE translation_keys (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, namespace text NOT NULL, key text NOT NULL,
  description text, UNIQUE (namespace, key)
);
CREATE TABLE translations (
  key_id bigint NOT NULL, language_code text NOT NULL, value text NOT NULL, reviewed_at timestamptz,
  PRIMARY KEY (key_id, language_code)
);
CREATE TABLE time_zones (name text PRIMARY KEY, label text NOT NULL, utc_offset interval NOT NULL);

-- ---------------------------------------------------------------------------------------------------------------
-- Support
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE support_teams (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, email text
);
CREATE TABLE support_team_members (
  team_id smallint NOT NULL, user_id uuid NOT NULL, is_lead boolean NOT NULL DEFAULT false,
  PRIMARY KEY (team_id, user_id)
);
CREATE TABLE support_tickets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  user_id uuid NOT NULL, team_id smallint, subject text NOT NULL,
  priority ticket_priority NOT NULL DEFAULT 'normal', status text NOT NULL DEFAULT 'open',
  created_at timestamptz NOT NULL DEFAULT now(), closed_at timestamptz
);
CREATE TABLE support_ticket_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ticket_id uuid NOT NULL, author_id uuid,
  body text NOT NULL, is_internal boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE support_ticket_tags (ticket_id uuid NOT NULL, tag text NOT NULL, PRIMARY KEY (ticket_id, tag));
CREATE TABLE support_sla_policies (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, priority ticket_priority NOT NULL UNIQUE,
  first_response interval NOT NULL, resolution interval NOT NULL
);
CREATE TABLE support_satisfaction (
  ticket_id uuid PRIMARY KEY, score smallint NOT NULL CHECK (score BETWEEN 1 AND 5), comment text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE knowledge_base_articles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slug text NOT NULL UNIQUE, title text NOT NULL,
  body text NOT NULL, views integer NOT NULL DEFAULT 0
);

-- ---------------------------------------------------------------------------------------------------------------
-- Assistant: models, prompts, generated readings
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE ai_providers (
  code text PRIMARY KEY, name text NOT NULL, base_url text NOT NULL, is_enabled boolean NOT NULL DEFAULT true
);
CREATE TABLE ai_models (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, provider text NOT NULL, name text NOT NULL,
  context_tokens integer, price_per_1k numeric(10,6), UNIQUE (provider, name)
);
CREATE TABLE ai_prompts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL, version integer NOT NULL,
  body text NOT NULL, UNIQUE (code, version)
);
CREATE TABLE ai_reading_drafts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid, model_id bigint, prompt_id uuid,
  draft text NOT NULL, accepted boolean, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ai_conversations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid, purpose text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ai_conversation_messages (
  conversation_id uuid NOT NULL, position integer NOT NULL, role text NOT NULL, content text NOT NULL,
  tokens integer, PRIMARY KEY (conversation_id, position)
);
CREATE TABLE ai_usage (
  day date NOT NULL, model_id bigint NOT NULL, requests integer NOT NULL DEFAULT 0,
  tokens bigint NOT NULL DEFAULT 0, cost numeric(12,4) NOT NULL DEFAULT 0, PRIMARY KEY (day, model_id)
);
CREATE TABLE ai_feedback (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), draft_id uuid NOT NULL, rated_by uuid, score smallint,
  comment text
);
CREATE TABLE ai_content_filters (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pattern text NOT NULL,
  action text NOT NULL DEFAULT 'review'
);
CREATE TABLE ai_card_embeddings (card_name text PRIMARY KEY, embedding real[] NOT NULL, model text NOT NULL);

-- ---------------------------------------------------------------------------------------------------------------
-- Administration
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE admin_actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, admin_id uuid, action text NOT NULL, target_type text,
  target_id uuid, details jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE admin_dashboards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid, name text NOT NULL,
  layout jsonb NOT NULL DEFAULT '[]'
);
CREATE TABLE admin_saved_filters (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid, screen text NOT NULL, name text NOT NULL,
  filter jsonb NOT NULL, UNIQUE (owner_id, screen, name)
);
CREATE TABLE admin_announcements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text NOT NULL, body text NOT NULL,
  shown_during tstzrange, audience text[] NOT NULL DEFAULT '{admin}'
);
CREATE TABLE admin_approvals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), subject text NOT NULL, requested_by uuid, decided_by uuid,
  decision text, decided_at timestamptz
);
CREATE TABLE bulk_operations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), operation text NOT NULL, target_ids uuid[] NOT NULL,
  progress percentage NOT NULL DEFAULT 0, undo jsonb, started_at timestamptz
);
CREATE TABLE import_jobs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), source text NOT NULL, row_count integer,
  error_count integer NOT NULL DEFAULT 0, status text NOT NULL DEFAULT 'queued'
);
CREATE TABLE import_errors (job_id uuid NOT NULL, row_number integer NOT NULL, message text NOT NULL, raw jsonb);
CREATE TABLE export_jobs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), report text NOT NULL, parameters jsonb, file_path text,
  requested_by uuid, finished_at timestamptz
);
CREATE TABLE scheduled_reports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), report text NOT NULL, cron text NOT NULL,
  recipients text[] NOT NULL, last_run_at timestamptz
);

-- ---------------------------------------------------------------------------------------------------------------
-- Audit and security
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, actor_id uuid, event text NOT NULL, entity text,
  entity_id text, data jsonb, ip_address inet, occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE audit_row_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, table_name text NOT NULL, row_id text NOT NULL,
  operation char(1) NOT NULL, old_row jsonb, new_row jsonb, changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE security_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid, kind text NOT NULL,
  severity severity_level NOT NULL, details jsonb, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ip_blocklist (network cidr PRIMARY KEY, reason text, blocked_until timestamptz);
CREATE TABLE rate_limits (bucket text PRIMARY KEY, tokens integer NOT NULL, refilled_at timestamptz NOT NULL);
CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, key_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL DEFAULT '{}', owner_id uuid, revoked_at timestamptz
);
CREATE TABLE api_request_log (
  key_id uuid, method text NOT NULL, path text NOT NULL, status smallint NOT NULL, duration_ms integer,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE encryption_keys (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, purpose text NOT NULL, fingerprint text NOT NULL,
  rotated_at timestamptz
);

-- ---------------------------------------------------------------------------------------------------------------
-- Analytics
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE analytics_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid, name text NOT NULL,
  properties jsonb NOT NULL DEFAULT '{}', occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE analytics_page_views (
  visitor uuid NOT NULL, path text NOT NULL, referrer text, duration_ms integer,
  viewed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE analytics_daily_revenue (
  day date NOT NULL, currency currency_code NOT NULL, gross numeric(14,2) NOT NULL, net numeric(14,2) NOT NULL,
  bookings integer NOT NULL, PRIMARY KEY (day, currency)
);
CREATE TABLE analytics_daily_active_users (day date PRIMARY KEY, clients integer NOT NULL, readers integer NOT NULL);
CREATE TABLE analytics_reader_performance (
  reader_id uuid NOT NULL, month date NOT NULL, bookings integer NOT NULL, revenue numeric(12,2) NOT NULL,
  average_rating numeric(3,2), PRIMARY KEY (reader_id, month)
);
CREATE TABLE analytics_funnels (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, steps text[] NOT NULL
);
CREATE TABLE analytics_cohorts (
  cohort date NOT NULL, period smallint NOT NULL, users integer NOT NULL, retained integer NOT NULL,
  PRIMARY KEY (cohort, period)
);
CREATE TABLE analytics_search_queries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, query text NOT NULL, result_count integer, user_id uuid,
  searched_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE experiments (
  code text PRIMARY KEY, description text, variants text[] NOT NULL, traffic percentage NOT NULL DEFAULT 100,
  ended_at timestamptz
);
CREATE TABLE experiment_assignments (
  experiment text NOT NULL, user_id uuid NOT NULL, variant text NOT NULL,
  assigned_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (experiment, user_id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- System: configuration, jobs, health
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE app_settings (
  key text PRIMARY KEY, value jsonb NOT NULL, description text, updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE app_versions (
  platform text NOT NULL, version text NOT NULL, is_forced boolean NOT NULL DEFAULT false,
  released_at timestamptz NOT NULL, PRIMARY KEY (platform, version)
);
CREATE TABLE feature_flags (
  name text PRIMARY KEY, is_enabled boolean NOT NULL DEFAULT false, rollout percentage NOT NULL DEFAULT 0,
  audience jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE maintenance_windows (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, period tstzrange NOT NULL, message text NOT NULL
);
CREATE TABLE background_jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue text NOT NULL DEFAULT 'default', kind text NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}', run_at timestamptz NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0, locked_by text, finished_at timestamptz, error text
);
CREATE TABLE job_schedules (
  name text PRIMARY KEY, cron text NOT NULL, kind text NOT NULL, is_enabled boolean NOT NULL DEFAULT true,
  last_run_at timestamptz
);
CREATE TABLE webhooks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), url text NOT NULL, events text[] NOT NULL,
  secret text NOT NULL, is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE webhook_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, webhook_id uuid NOT NULL, event text NOT NULL,
  status smallint, response text, delivered_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE system_health_checks (
  component text NOT NULL, checked_at timestamptz NOT NULL, is_healthy boolean NOT NULL, latency_ms integer,
  PRIMARY KEY (component, checked_at)
);
CREATE TABLE error_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, severity severity_level NOT NULL, message text NOT NULL,
  stack text, context jsonb, occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE storage_buckets (
  name text PRIMARY KEY, is_public boolean NOT NULL DEFAULT false, size_limit bigint, mime_types text[]
);
CREATE TABLE integrations (
  code text PRIMARY KEY, name text NOT NULL, config jsonb NOT NULL DEFAULT '{}', connected_at timestamptz
);
CREATE TABLE schema_versions (
  version text PRIMARY KEY, description text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
);


-- ---------------------------------------------------------------------------------------------------------------
-- Rows. Ids are derived from a running number, so that a row can refer to another one without a query.
-- The first users are the readers, all others are clients.
-- ---------------------------------------------------------------------------------------------------------------

SELECT  800 * :scale AS users,
         40 * :scale AS readers,
        760 * :scale AS clients,
        160 * :scale AS services,
       2000 * :scale AS bookings,
       1500 * :scale AS readings,
       1000 * :scale AS chats,
       5000 * :scale AS chat_messages,
         10 * :scale AS decks,
         20 * :scale AS spreads,
         50 * :scale AS coupons \gset

INSERT INTO users (id, email, username, phone, country_code, locale, status, raw_metadata,
                   last_sign_in_at, created_at, updated_at)
SELECT md5('user-' || i)::uuid,
       lower(first) || '.' || lower(last) || '.' || i || '@example.com',
       lower(first) || i,
       CASE WHEN i % 3 = 0 THEN '+9715' || lpad(i::text, 8, '0') END,
       (ARRAY['AE', 'LB', 'EG', 'SA', 'FR', 'GB', 'US', 'DE'])[1 + i % 8],
       (ARRAY['ar', 'en', 'en', 'fr'])[1 + i % 4],
       CASE WHEN i % 97 = 0 THEN 'suspended' ELSE 'active' END,
       jsonb_build_object('source', (ARRAY['web', 'ios', 'android', 'referral'])[1 + i % 4]),
       timestamptz '2025-01-01' - i % 60 * interval '1 day',
       timestamptz '2023-01-01' + i % 700 * interval '1 day',
       timestamptz '2024-12-01' + i % 30 * interval '1 day'
FROM generate_series(1, :users) AS i,
     LATERAL (SELECT (ARRAY['Layla', 'Omar', 'Nour', 'Samia', 'Karim', 'Dana',
                            'Yusuf', 'Hala', 'Rami', 'Maya', 'Tarek', 'Lina'])[1 + i % 12] AS first,
                     (ARRAY['Haddad', 'Khoury', 'Nasser', 'Saleh', 'Mansour',
                            'Farah', 'Aziz', 'Rahal', 'Darwish'])[1 + i % 9] AS last) AS name;

INSERT INTO profiles (id, user_id, full_name, display_name, bio, birth_date, zodiac, languages, timezone, preferences,
                      created_at, updated_at)
SELECT md5('profile-' || i)::uuid, u.id, initcap(split_part(u.email, '.', 1) || ' ' || split_part(u.email, '.', 2)),
       u.username,
       CASE WHEN i <= :readers THEN 'Reading the cards since ' || 1995 + i % 25 END,
       date '1960-01-01' + i * 17 % 16000,
       (enum_range(NULL::zodiac_sign))[1 + i % 12],
       CASE i % 3 WHEN 0 THEN '{ar,en}'::text[] WHEN 1 THEN '{en}' ELSE '{fr,en}' END,
       (ARRAY['Asia/Dubai', 'Asia/Beirut', 'Africa/Cairo', 'Europe/Paris'])[1 + i % 4],
       jsonb_build_object('theme', CASE WHEN i % 2 = 0 THEN 'night' ELSE 'dawn' END), u.created_at, u.updated_at
FROM generate_series(1, :users) AS i JOIN users AS u ON u.id = md5('user-' || i)::uuid;

INSERT INTO user_roles (id, user_id, role, granted_at)
SELECT md5('role-' || i)::uuid, md5('user-' || i)::uuid, CASE WHEN i <= :readers THEN 'reader' ELSE 'client' END,
       timestamptz '2023-01-01' + i % 700 * interval '1 day'
FROM generate_series(1, :users) AS i
UNION ALL
SELECT md5('admin-role-' || i)::uuid, md5('user-' || :readers + i)::uuid,
       CASE i WHEN 1 THEN 'super_admin' WHEN 2 THEN 'admin' ELSE 'monitor' END, timestamptz '2023-01-01'
FROM generate_series(1, 8) AS i;

INSERT INTO wallets (id, user_id, currency, balance, created_at, updated_at)
SELECT md5('wallet-' || i)::uuid, md5('user-' || i)::uuid, (ARRAY['USD', 'AED', 'EUR'])[1 + i % 3],
       i * 7919 % 50000 / 100.0,
       timestamptz '2023-01-01' + i % 700 * interval '1 day', timestamptz '2024-12-01' + i % 30 * interval '1 day'
FROM generate_series(1, :users) AS i;

INSERT INTO services (id, reader_id, title, description, category, price, duration_minutes, tags, is_active, created_at)
SELECT md5('service-' || i)::uuid, md5('user-' || 1 + (i - 1) / 4)::uuid,
       (ARRAY['Love and relationships', 'Career and money', 'The year ahead', 'Three questions'])[1 + i % 4],
       'A reading of ' || 15 + 15 * (i % 4) || ' minutes',
       (ARRAY['love', 'career', 'general', 'general'])[1 + i % 4],
       20 + i % 9 * 5, 15 + 15 * (i % 4), CASE WHEN i % 2 = 0 THEN '{live,video}'::text[] ELSE '{chat}' END, i % 11 <> 0,
       timestamptz '2023-06-01' + i % 400 * interval '1 day'
FROM generate_series(1, :services) AS i;

-- every 17th booking belongs to a reader who has left the platform
INSERT INTO bookings (id, reference, user_id, reader_id, service_id, status, scheduled_at, duration_minutes, price,
                      notes, created_at, updated_at)
SELECT md5('booking-' || i)::uuid, 'ST-' || lpad(i::text, 8, '0'), md5('user-' || :readers + 1 + i * 7 % :clients)::uuid,
       CASE WHEN i % 17 <> 0 THEN s.reader_id END, s.id,
       (ARRAY['completed', 'completed', 'completed', 'completed',
              'cancelled', 'no_show', 'confirmed', 'pending']::booking_status[])[1 + i % 8],
       timestamptz '2024-01-01 08:00' + i % 400 * interval '1 day' + i % 12 * interval '1 hour',
       s.duration_minutes, s.price,
       CASE WHEN i % 10 = 0 THEN 'Please call on arrival' END,
       timestamptz '2023-12-20' + i % 400 * interval '1 day', timestamptz '2024-01-01' + i % 400 * interval '1 day'
FROM generate_series(1, :bookings) AS i JOIN services AS s ON s.id = md5('service-' || 1 + i * 13 % :services)::uuid;

INSERT INTO payments (id, user_id, booking_id, amount, status, method, provider_reference, metadata, paid_at, created_at)
SELECT md5('payment-' || i)::uuid, b.user_id, CASE WHEN i % 25 <> 0 THEN b.id END, b.price,
       (ARRAY['paid', 'paid', 'paid', 'paid', 'paid', 'refunded', 'failed', 'pending'])[1 + i % 8],
       (ARRAY['card', 'wallet', 'card', 'bank_transfer'])[1 + i % 4], 'pi_' || substr(md5('provider-' || i), 1, 24),
       jsonb_build_object('attempt', 1 + i % 3), CASE WHEN i % 8 < 6 THEN b.created_at + interval '3 minutes' END,
       b.created_at
FROM generate_series(1, :bookings) AS i JOIN bookings AS b ON b.id = md5('booking-' || i)::uuid;

INSERT INTO wallet_transactions (wallet_id, payment_id, kind, amount, balance_after, description, created_at)
SELECT md5('wallet-' || 1 + i * 11 % :users)::uuid, CASE WHEN i % 2 = 0 THEN md5('payment-' || i / 2)::uuid END,
       (CASE WHEN i % 2 = 0 THEN 'payment'
             ELSE (ARRAY['deposit', 'withdrawal', 'bonus', 'deposit'])[1 + i / 2 % 4] END)::wallet_transaction_kind,
       CASE WHEN i % 2 = 0 THEN -(20 + i % 40) ELSE 10 + i % 90 END, i * 31 % 40000 / 100.0, NULL,
       timestamptz '2024-01-01' + i % 380 * interval '1 day' + i % 1440 * interval '1 minute'
FROM generate_series(1, 2 * :bookings) AS i
ORDER BY i;

INSERT INTO tarot_decks (id, reader_id, name, description, is_public, created_at)
SELECT md5('deck-' || i)::uuid, CASE WHEN i % 3 <> 1 THEN md5('user-' || 1 + i % :readers)::uuid END,
       (ARRAY['Rider-Waite-Smith', 'Thoth', 'Marseille', 'Desert Moon', 'Golden Thread'])[1 + i % 5]
         || CASE WHEN i > 5 THEN ' ' || i ELSE '' END,
       'A deck of 78 cards', i % 4 <> 0, timestamptz '2023-02-01' + i % 300 * interval '1 day'
FROM generate_series(1, :decks) AS i;

INSERT INTO tarot_cards (id, deck_id, number, arcana, suit, name, keywords)
SELECT md5('card-' || d || '-' || n)::uuid, md5('deck-' || d)::uuid, n, CASE WHEN n < 22 THEN 'major' ELSE 'minor' END,
       CASE WHEN n >= 22 THEN (ARRAY['wands', 'cups', 'swords', 'pentacles'])[1 + (n - 22) / 14] END,
       CASE WHEN n < 22
            THEN (ARRAY['The Fool', 'The Magician', 'The High Priestess', 'The Empress', 'The Emperor', 'The Hierophant',
                        'The Lovers', 'The Chariot', 'Strength', 'The Hermit', 'Wheel of Fortune', 'Justice',
                        'The Hanged Man', 'Death', 'Temperance', 'The Devil', 'The Tower', 'The Star', 'The Moon',
                        'The Sun', 'Judgement', 'The World'])[n + 1]
            ELSE (ARRAY['Ace', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten',
                        'Page', 'Knight', 'Queen', 'King'])[1 + (n - 22) % 14]
                 || ' of ' || (ARRAY['Wands', 'Cups', 'Swords', 'Pentacles'])[1 + (n - 22) / 14] END,
       CASE n % 3 WHEN 0 THEN '{beginning,trust}'::text[] WHEN 1 THEN '{will,skill}' ELSE '{insight}' END
FROM generate_series(1, :decks) AS d, generate_series(0, 77) AS n;

INSERT INTO tarot_spreads (id, reader_id, name, description, position_count, difficulty, created_at)
SELECT md5('spread-' || i)::uuid, CASE WHEN i % 4 <> 0 THEN md5('user-' || 1 + i % :readers)::uuid END,
       (ARRAY['Past, present, future', 'Celtic cross', 'Horseshoe', 'Crossroads'])[1 + i % 4], NULL,
       (ARRAY[3, 10, 7, 5])[1 + i % 4], (ARRAY['beginner', 'advanced', 'intermediate', 'beginner'])[1 + i % 4],
       timestamptz '2023-02-01' + i % 300 * interval '1 day'
FROM generate_series(1, :spreads) AS i;

INSERT INTO tarot_spread_positions (spread_id, position, label, x, y)
SELECT s.id, p, 'Position ' || p, p * 1.5, p % 3
FROM tarot_spreads AS s, generate_series(1, s.position_count) AS p;

INSERT INTO reading_sessions (id, user_id, reader_id, booking_id, service_id, deck_id, spread_id, status, question,
                              started_at, ended_at, created_at)
SELECT md5('reading-' || i)::uuid, b.user_id, b.reader_id, CASE WHEN i % 20 <> 0 THEN b.id END, b.service_id,
       CASE WHEN i % 9 <> 0 THEN md5('deck-' || 1 + i % :decks)::uuid END,
       CASE WHEN i % 9 <> 0 THEN md5('spread-' || 1 + i % :spreads)::uuid END,
       (ARRAY['finished', 'finished', 'finished', 'finished', 'abandoned', 'open', 'drawing', 'finished'])[1 + i % 8],
       (ARRAY['Will the new job suit me?', 'What should I know about this month?', 'Is it time to move?',
              NULL])[1 + i % 4],
       b.scheduled_at, CASE WHEN i % 8 NOT IN (5, 6) THEN b.scheduled_at + interval '30 minutes' END, b.scheduled_at
FROM generate_series(1, :readings) AS i JOIN bookings AS b ON b.id = md5('booking-' || i)::uuid;

INSERT INTO reading_cards (session_id, position, card_id, is_reversed)
SELECT md5('reading-' || i)::uuid, p, md5('card-' || 1 + i % :decks || '-' || (i * 5 + p * 29) % 78)::uuid,
       (i + p) % 4 = 0
FROM generate_series(1, :readings) AS i, generate_series(1, 3) AS p
WHERE i % 9 <> 0;

INSERT INTO reviews (id, booking_id, user_id, reader_id, rating, comment, created_at)
SELECT md5('review-' || b.reference)::uuid, b.id, b.user_id, b.reader_id, 5 - hash % 3,
       (ARRAY['Warm and precise', 'Exactly what I needed', 'Came a little late'])[1 + hash % 3],
       b.scheduled_at + interval '1 day'
FROM bookings AS b, LATERAL get_byte(uuid_send(b.id), 0) AS hash
WHERE b.status = 'completed' AND b.reader_id IS NOT NULL;

INSERT INTO chat_sessions (id, user_id, reader_id, booking_id, status, metadata, started_at, ended_at)
SELECT md5('chat-' || i)::uuid, b.user_id, b.reader_id, CASE WHEN i % 6 <> 0 THEN b.id END,
       CASE WHEN i % 30 = 0 THEN 'escalated' WHEN i % 5 = 0 THEN 'open' ELSE 'closed' END,
       jsonb_build_object('app', CASE WHEN i % 2 = 0 THEN 'web' ELSE 'ios' END),
       b.scheduled_at, CASE WHEN i % 5 <> 0 THEN b.scheduled_at + interval '40 minutes' END
FROM generate_series(1, :chats) AS i JOIN bookings AS b ON b.id = md5('booking-' || i * 2)::uuid;

INSERT INTO chat_messages (id, session_id, sender_id, message_type, content, is_read, created_at)
SELECT md5('chat-message-' || i)::uuid, s.id,
       CASE WHEN i % 40 = 0 THEN NULL WHEN i % 2 = 0 THEN s.reader_id ELSE s.user_id END,
       CASE WHEN i % 40 = 0 THEN 'system' WHEN i % 10 = 0 THEN 'voice' ELSE 'text' END,
       (ARRAY['Hello!', 'Can you see the cards?', 'Yes, very clearly', 'What does the Tower mean here?',
              'A change that was long due', 'Thank you', 'Shall we go on?', 'One moment please'])[1 + i % 8],
       i % 7 <> 0, s.started_at + i % 40 * interval '1 minute'
FROM generate_series(1, :chat_messages) AS i JOIN chat_sessions AS s ON s.id = md5('chat-' || 1 + i % :chats)::uuid;

INSERT INTO voice_notes (id, user_id, message_id, storage_path, duration_seconds, transcript, created_at)
SELECT md5('voice-' || i)::uuid, s.user_id, m.id, 'voice/' || s.id || '/' || i || '.ogg', 3 + i % 600 / 10.0,
       CASE WHEN i % 3 = 0 THEN 'I would like to ask about my sister' END, m.created_at
FROM generate_series(1, :chat_messages / 10) AS i
JOIN chat_messages AS m ON m.id = md5('chat-message-' || i * 10)::uuid JOIN chat_sessions AS s ON s.id = m.session_id;

INSERT INTO messages (sender_id, recipient_id, subject, body, read_at, created_at)
SELECT md5('user-' || 1 + i % :readers)::uuid, md5('user-' || :readers + 1 + i * 3 % :clients)::uuid, 'Your reading',
       'Thank you for your booking. I look forward to our session.',
       CASE WHEN i % 3 <> 0 THEN timestamptz '2024-02-02' + i % 300 * interval '1 day' END,
       timestamptz '2024-02-01' + i % 300 * interval '1 day'
FROM generate_series(1, :readings) AS i
ORDER BY i;

INSERT INTO notifications (id, user_id, type, title, body, channels, data, read_at, created_at)
SELECT md5('notification-' || i)::uuid, md5('user-' || 1 + i * 7 % :users)::uuid,
       (ARRAY['booking', 'payment', 'message', 'promotion'])[1 + i % 4],
       (ARRAY['Your booking is confirmed', 'Payment received', 'New message', 'A gift for you'])[1 + i % 4], NULL,
       CASE WHEN i % 4 = 0 THEN '{in_app,push,email}'::text[] ELSE '{in_app,push}' END, jsonb_build_object('n', i),
       CASE WHEN i % 5 <> 0 THEN timestamptz '2024-03-02' + i % 300 * interval '1 day' END,
       timestamptz '2024-03-01' + i % 300 * interval '1 day'
FROM generate_series(1, 3 * :users) AS i;

INSERT INTO notification_preferences (user_id, topic, is_muted)
SELECT md5('user-' || i)::uuid, topic, i % 9 = 0
FROM generate_series(1, :users) AS i, unnest('{bookings,offers}'::text[]) AS topic;

INSERT INTO reader_profiles (reader_id, headline, years_of_experience, specialties, hourly_rate, is_featured, approved_at)
SELECT md5('user-' || i)::uuid, 'Clear answers, kindly given', 2 + i % 25, '{love,career}', 40 + i % 50, i % 10 = 0,
       timestamptz '2023-05-01'
FROM generate_series(1, :readers) AS i;

INSERT INTO reader_availability (id, reader_id, weekday, starts_at, ends_at, timezone)
SELECT md5('availability-' || i || '-' || d)::uuid, md5('user-' || i)::uuid, d, '09:00', '17:30', 'Asia/Dubai'
FROM generate_series(1, :readers) AS i, generate_series(0, 4) AS d;

INSERT INTO payouts (id, reader_id, period, amount, status, paid_at, created_at)
SELECT md5('payout-' || i || '-' || m)::uuid, md5('user-' || i)::uuid,
       daterange(make_date(2024, m, 1), (make_date(2024, m, 1) + interval '1 month')::date),
       100 + i * m % 900, CASE WHEN m < 6 THEN 'paid' ELSE 'draft' END,
       CASE WHEN m < 6 THEN make_date(2024, m + 1, 3)::timestamptz END,
       make_date(2024, m, 28)::timestamptz
FROM generate_series(1, :readers) AS i, generate_series(1, 6) AS m;

INSERT INTO payout_items (payout_id, booking_id, gross, commission)
SELECT p.id, b.id, b.price, round(b.price * 0.2, 2)
FROM bookings AS b
  JOIN payouts AS p ON p.reader_id = b.reader_id AND p.period @> (b.scheduled_at AT TIME ZONE 'UTC')::date
WHERE b.status = 'completed';

INSERT INTO refunds (id, payment_id, amount, reason, status, created_at)
SELECT md5('refund-' || p.id)::uuid, p.id, p.amount, 'The reader did not appear', 'paid', p.created_at + interval '2 days'
FROM payments AS p WHERE p.status = 'refunded';

INSERT INTO subscription_plans (id, code, name, price, features) VALUES
  (md5('plan-1')::uuid, 'moon', 'Moon', 9.90, '{"daily_card": true}'),
  (md5('plan-2')::uuid, 'star', 'Star', 19.90, '{"daily_card": true, "discount": 5}'),
  (md5('plan-3')::uuid, 'sun', 'Sun', 39.90, '{"daily_card": true, "discount": 10, "monthly_reading": 1}');

INSERT INTO subscriptions (id, user_id, plan_id, status, current_period, created_at)
SELECT md5('subscription-' || i)::uuid, md5('user-' || :readers + 1 + i % :clients)::uuid,
       md5('plan-' || 1 + i % 3)::uuid,
       CASE WHEN i % 6 = 0 THEN 'cancelled' ELSE 'active' END,
       tstzrange(timestamptz '2024-12-15', timestamptz '2025-01-15'), timestamptz '2024-06-15'
FROM generate_series(1, 3 * :readers) AS i;

INSERT INTO coupons (id, code, discount_percent, max_redemptions, valid_during)
SELECT md5('coupon-' || i)::uuid, 'MOON' || lpad(i::text, 5, '0'), 5 + i % 4 * 5, 100,
       tstzrange(timestamptz '2024-01-01', timestamptz '2025-06-01')
FROM generate_series(1, :coupons) AS i;

INSERT INTO coupon_redemptions (id, coupon_id, user_id, booking_id, discount, redeemed_at)
SELECT md5('redemption-' || i)::uuid, md5('coupon-' || 1 + i % :coupons)::uuid, b.user_id, b.id, 2.50, b.created_at
FROM generate_series(1, 3 * :coupons) AS i JOIN bookings AS b ON b.id = md5('booking-' || i)::uuid;

INSERT INTO support_teams (name, email) VALUES
  ('Bookings', 'bookings@example.com'), ('Payments', 'payments@example.com'), ('Trust and safety', NULL);

INSERT INTO support_tickets (id, user_id, team_id, subject, priority, status, created_at)
SELECT md5('ticket-' || i)::uuid, md5('user-' || :readers + 1 + i * 5 % :clients)::uuid, 1 + i % 3,
       (ARRAY['My reader did not come', 'Charged twice', 'How do I change my email?'])[1 + i % 3],
       (enum_range(NULL::ticket_priority))[1 + i % 4],
       CASE WHEN i % 4 = 0 THEN 'open' ELSE 'closed' END, timestamptz '2024-05-01' + i % 200 * interval '1 day'
FROM generate_series(1, 4 * :readers) AS i
ORDER BY i;

INSERT INTO support_ticket_messages (ticket_id, author_id, body, created_at)
SELECT id, user_id, subject, created_at FROM support_tickets ORDER BY number;

INSERT INTO loyalty_tiers VALUES
  ('bronze', 0, 0, '{}'), ('silver', 500, 5, '{priority support}'),
  ('gold', 2000, 10, '{priority support,free card of the day}');

INSERT INTO loyalty_accounts (user_id, tier, points, updated_at)
SELECT md5('user-' || i)::uuid, CASE WHEN i % 50 = 0 THEN 'gold' WHEN i % 10 = 0 THEN 'silver' ELSE 'bronze' END,
       i * 37 % 3000, timestamptz '2024-12-31'
FROM generate_series(:readers + 1, :users) AS i;

INSERT INTO analytics_events (user_id, name, properties, occurred_at)
SELECT CASE WHEN i % 5 <> 0 THEN md5('user-' || 1 + i % :users)::uuid END,
       (ARRAY['page_view', 'search', 'booking_started', 'card_drawn'])[1 + i % 4],
       jsonb_build_object('path', (ARRAY['/', '/readers', '/services', '/daily'])[1 + i % 4]),
       timestamptz '2024-12-01' + i % 40000 * interval '1 minute'
FROM generate_series(1, :users) AS i
ORDER BY i;

INSERT INTO audit_events (actor_id, event, entity, entity_id, occurred_at)
SELECT md5('user-' || :readers + 1 + i % 8)::uuid, 'user.updated', 'users', i::text,
       timestamptz '2024-12-01' + i * interval '1 hour'
FROM generate_series(1, 100) AS i
ORDER BY i;

INSERT INTO user_status_history (user_id, old_status, new_status, reason, changed_at)
SELECT id, 'active', 'suspended', 'Reported by a reader', updated_at FROM users WHERE status = 'suspended' ORDER BY id;

-- Reference data

INSERT INTO roles VALUES
  ('client', 'Books readings', 0), ('reader', 'Gives readings', 10), ('monitor', 'Watches conversations', 20),
  ('admin', 'Runs the platform', 30), ('super_admin', 'Everything', 40);
INSERT INTO permissions (resource, action)
  SELECT r, a FROM unnest('{bookings,payments,users,readings}'::text[]) AS r, unnest('{read,write,delete}'::text[]) AS a;
INSERT INTO role_permissions (role, permission_id, granted_at)
  SELECT 'admin', id, timestamptz '2023-01-01' FROM permissions;
INSERT INTO currencies VALUES
  ('USD', 'US dollar', '$', 2), ('AED', 'UAE dirham', 'AED', 2), ('EUR', 'Euro', '€', 2),
  ('GBP', 'Pound sterling', '£', 2), ('KWD', 'Kuwaiti dinar', 'KD', 3);
INSERT INTO exchange_rates SELECT 'USD', quote, day::date, rate
  FROM (VALUES ('AED', 3.6725), ('EUR', 0.9231), ('GBP', 0.7904)) AS q (quote, rate),
       generate_series(timestamp '2024-12-01', '2024-12-31', '1 day') AS day;
INSERT INTO countries VALUES
  ('AE', 'United Arab Emirates', 'AED', '+971'), ('LB', 'Lebanon', 'USD', '+961'), ('EG', 'Egypt', 'USD', '+20'),
  ('SA', 'Saudi Arabia', 'USD', '+966'), ('FR', 'France', 'EUR', '+33'), ('GB', 'United Kingdom', 'GBP', '+44'),
  ('US', 'United States', 'USD', '+1'), ('DE', 'Germany', 'EUR', '+49');
INSERT INTO tax_rates (country_code, name, rate, valid_from) VALUES
  ('AE', 'VAT', 5, '2018-01-01'), ('FR', 'TVA', 20, '2014-01-01'), ('GB', 'VAT', 20, '2011-01-04'),
  ('DE', 'USt', 19, '2021-01-01');
INSERT INTO payment_providers (code, name, countries) VALUES
  ('stripe', 'Stripe', '{FR,GB,US,DE}'), ('paytabs', 'PayTabs', '{AE,SA,EG}'), ('bank', 'Bank transfer', '{}');
INSERT INTO wallet_top_up_options (amount, bonus, currency) VALUES (25, 0, 'USD'), (50, 2.5, 'USD'), (100, 10, 'USD');
INSERT INTO commission_rules (name, level, commission, priority) VALUES
  ('Standard', NULL, 25, 0), ('Experienced', 2, 20, 10), ('Master', 3, 15, 20);
INSERT INTO reader_levels VALUES (1, 'Apprentice', 25, 0), (2, 'Experienced', 20, 50), (3, 'Master', 15, 500);
INSERT INTO reader_specialties (slug, name) VALUES
  ('love', 'Love'), ('career', 'Career'), ('family', 'Family'), ('dreams', 'Dreams');
INSERT INTO service_categories (slug, name, sort_order) VALUES
  ('love', 'Love', 1), ('career', 'Career', 2), ('general', 'General', 3);
INSERT INTO ledger_accounts (code, name, kind) VALUES
  ('1000', 'Bank', 'asset'), ('2000', 'Client wallets', 'liability'), ('2100', 'Due to readers', 'liability'),
  ('4000', 'Commission', 'income');
INSERT INTO tarot_suits VALUES
  ('wands', 'fire', 'will', 'spring'), ('cups', 'water', 'feeling', 'summer'), ('swords', 'air', 'thought', 'autumn'),
  ('pentacles', 'earth', 'matter', 'winter');
INSERT INTO reading_topics VALUES
  ('love', 'Love', 'heart', 1), ('career', 'Career', 'briefcase', 2), ('spirit', 'Spirit', 'moon', 3);
INSERT INTO zodiac_signs
  SELECT sign, (ARRAY['fire', 'earth', 'air', 'water'])[1 + (n - 1) % 4],
         (ARRAY['cardinal', 'fixed', 'mutable'])[1 + (n - 1) % 3],
         (ARRAY['Mars', 'Venus', 'Mercury', 'Moon', 'Sun', 'Mercury',
                'Venus', 'Pluto', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'])[n], 'day 21', NULL
  FROM unnest(enum_range(NULL::zodiac_sign)) WITH ORDINALITY AS z (sign, n);
INSERT INTO daily_horoscopes (sign, day, body, lucky_number)
  SELECT sign, date '2024-12-01' + d, 'A calm day that rewards patience.', 1 + (d + length(sign::text)) % 9
  FROM zodiac_signs, generate_series(0, 30) AS d;
INSERT INTO compatibility_scores
  SELECT a.sign, b.sign, 40 + (length(a.ruler) * length(b.ruler)) % 60, 50, NULL
  FROM zodiac_signs AS a, zodiac_signs AS b WHERE a.sign <= b.sign;
INSERT INTO moon_phases VALUES
  ('2024-12-01 06:21+00', 'new', 'sagittarius'), ('2024-12-15 09:02+00', 'full', 'gemini'),
  ('2024-12-30 22:27+00', 'new', 'capricorn');
INSERT INTO languages (code, name, native_name, direction) VALUES
  ('en', 'English', 'English', 'ltr'), ('ar', 'Arabic', 'العربية', 'rtl'), ('fr', 'French', 'Français', 'ltr');
INSERT INTO translation_keys (namespace, key) VALUES
  ('nav', 'home'), ('nav', 'readers'), ('booking', 'confirm'), ('booking', 'cancel');
INSERT INTO translations (key_id, language_code, value) SELECT id, 'en', initcap(key) FROM translation_keys;
INSERT INTO time_zones VALUES
  ('Asia/Dubai', 'Dubai', '4 hours'), ('Asia/Beirut', 'Beirut', '2 hours'), ('Europe/Paris', 'Paris', '1 hour');
INSERT INTO notification_templates (code, language_code, channel, subject, body) VALUES
  ('booking_confirmed', 'en', 'email', 'Your booking is confirmed', 'See you on {{date}}.'),
  ('booking_confirmed', 'ar', 'email', 'تم تأكيد حجزك', '{{date}}');
INSERT INTO cms_pages (id, slug, title, status, published_at) VALUES
  (md5('page-1')::uuid, 'about', 'About us', 'published', '2023-01-10'),
  (md5('page-2')::uuid, 'how-it-works', 'How it works', 'published', '2023-01-10'),
  (md5('page-3')::uuid, 'careers', 'Careers', 'draft', NULL);
INSERT INTO blog_categories (slug, name) VALUES ('learning', 'Learning'), ('stories', 'Stories');
INSERT INTO blog_posts (id, category_id, author_id, slug, title, body, published_at)
  SELECT md5('post-' || i)::uuid, 1 + i % 2, md5('user-' || i)::uuid, 'the-cards-' || i, 'The cards, part ' || i,
         'What the cards teach us about attention.', timestamptz '2024-01-01' + i * interval '1 week'
  FROM generate_series(1, 20) AS i;
INSERT INTO blog_tags (name) VALUES ('beginners'), ('major arcana'), ('spreads');
INSERT INTO blog_post_tags SELECT md5('post-' || i)::uuid, 1 + i % 3 FROM generate_series(1, 20) AS i;
INSERT INTO faqs (category, question, answer) VALUES
  ('booking', 'Can I reschedule?', 'Up to two hours before the session.'),
  ('payment', 'Which cards do you accept?', 'All major ones.');
INSERT INTO legal_documents VALUES
  ('terms', '2024-01', 'Terms of use', '2024-01-01'), ('privacy', '2024-01', 'Privacy notice', '2024-01-01');
INSERT INTO support_sla_policies (priority, first_response, resolution) VALUES
  ('urgent', '15 minutes', '4 hours'), ('high', '1 hour', '1 day'), ('normal', '8 hours', '3 days'),
  ('low', '1 day', '7 days');
INSERT INTO ai_providers VALUES
  ('house', 'House model', 'http://ai.example.com'), ('cloud', 'Cloud model', 'https://api.example.com');
INSERT INTO ai_models (provider, name, context_tokens) VALUES
  ('house', 'reader-small', 8192), ('cloud', 'reader-large', 128000);
INSERT INTO app_settings (key, value, updated_at) VALUES
  ('booking.min_notice', '"2 hours"', '2023-01-01'), ('payments.default_currency', '"USD"', '2023-01-01'),
  ('chat.max_attachment_mb', '20', '2024-09-01');
INSERT INTO app_versions VALUES ('ios', '3.4.0', false, '2024-11-20'), ('android', '3.4.1', false, '2024-11-22');
INSERT INTO feature_flags (name, is_enabled, rollout) VALUES
  ('voice_notes', true, 100), ('group_sessions', false, 0), ('ai_drafts', true, 25);
INSERT INTO job_schedules (name, cron, kind) VALUES
  ('nightly backup', '0 2 * * *', 'backup'), ('daily horoscope', '0 5 * * *', 'horoscope'),
  ('payouts', '0 6 1 * *', 'payout');
INSERT INTO storage_buckets (name, is_public) VALUES ('avatars', true), ('decks', true), ('voice', false);
INSERT INTO experiments (code, variants) VALUES ('checkout-2024', '{control,one-page}');
INSERT INTO schema_versions (version, description, applied_at) VALUES
  ('001', 'first release', '2023-01-01'), ('087', 'chat rewritten', '2024-09-01'),
  ('093', 'voice notes approved by monitors', '2024-11-14');

INSERT INTO backup_logs (backup_name, source_table, row_count, size_bytes, status, started_at, finished_at)
SELECT 'nightly-' || to_char(day, 'YYYYMMDD'), source, 4000 + extract(day FROM day)::int * 20, 1048576, 'completed', day,
       day + interval '2 minutes'
FROM generate_series(timestamptz '2024-12-01 02:00', '2024-12-31 02:00', '1 day') AS day,
     unnest('{chat_messages,payments,bookings}'::text[]) AS source
ORDER BY day, source;


-- ---------------------------------------------------------------------------------------------------------------
-- Backup copies, made by hand before three releases and never removed
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE chat_messages_backup AS SELECT * FROM chat_messages WHERE created_at < '2024-07-01';
CREATE INDEX chat_messages_backup_session_id_idx ON chat_messages_backup (session_id);

CREATE TABLE chat_sessions_backup (LIKE chat_sessions INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
INSERT INTO chat_sessions_backup SELECT * FROM chat_sessions WHERE started_at < '2024-07-01';

CREATE TABLE voice_notes_backup AS SELECT *, timestamptz '2024-11-14 01:30' AS backed_up_at
  FROM voice_notes WHERE created_at < '2024-11-14';
ALTER TABLE voice_notes_backup ADD COLUMN backup_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;

CREATE TABLE messages_backup AS TABLE messages;
ALTER TABLE messages_backup ADD PRIMARY KEY (id);


-- ---------------------------------------------------------------------------------------------------------------
-- The keys and indexes that somebody did think of
-- ---------------------------------------------------------------------------------------------------------------

ALTER TABLE role_permissions ADD FOREIGN KEY (role) REFERENCES roles ON DELETE CASCADE;
ALTER TABLE role_permissions ADD FOREIGN KEY (permission_id) REFERENCES permissions ON DELETE CASCADE;
ALTER TABLE reader_profiles ADD FOREIGN KEY (reader_id) REFERENCES users ON DELETE CASCADE;
ALTER TABLE loyalty_accounts ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;
ALTER TABLE loyalty_accounts ADD FOREIGN KEY (tier) REFERENCES loyalty_tiers;
ALTER TABLE support_tickets ADD FOREIGN KEY (team_id) REFERENCES support_teams;
ALTER TABLE support_ticket_messages ADD FOREIGN KEY (ticket_id) REFERENCES support_tickets ON DELETE CASCADE;
ALTER TABLE blog_posts ADD FOREIGN KEY (category_id) REFERENCES blog_categories ON DELETE SET NULL;
ALTER TABLE blog_post_tags ADD FOREIGN KEY (post_id) REFERENCES blog_posts ON DELETE CASCADE,
  ADD FOREIGN KEY (tag_id) REFERENCES blog_tags;
ALTER TABLE service_categories ADD FOREIGN KEY (parent_id) REFERENCES service_categories;
ALTER TABLE exchange_rates ADD FOREIGN KEY (base) REFERENCES currencies, ADD FOREIGN KEY (quote) REFERENCES currencies;
ALTER TABLE countries ADD FOREIGN KEY (currency) REFERENCES currencies;
ALTER TABLE tax_rates ADD FOREIGN KEY (country_code) REFERENCES countries;
ALTER TABLE translations ADD FOREIGN KEY (key_id) REFERENCES translation_keys ON DELETE CASCADE,
  ADD FOREIGN KEY (language_code) REFERENCES languages;
ALTER TABLE daily_horoscopes ADD FOREIGN KEY (sign) REFERENCES zodiac_signs;
ALTER TABLE ai_models ADD FOREIGN KEY (provider) REFERENCES ai_providers;
ALTER TABLE ledger_entries ADD FOREIGN KEY (account_id) REFERENCES ledger_accounts;
ALTER TABLE course_lessons ADD FOREIGN KEY (course_id) REFERENCES courses ON DELETE CASCADE;
ALTER TABLE forum_posts ADD FOREIGN KEY (thread_id) REFERENCES forum_threads ON DELETE CASCADE;
ALTER TABLE webhook_deliveries ADD FOREIGN KEY (webhook_id) REFERENCES webhooks ON DELETE CASCADE;

CREATE INDEX users_created_at_idx ON users (created_at DESC);
CREATE INDEX bookings_open_idx ON bookings (service_id, scheduled_at) WHERE status IN ('pending', 'confirmed');
CREATE INDEX services_tags_idx ON services USING gin (tags);
CREATE INDEX messages_recipient_unread_idx ON messages (recipient_id) WHERE read_at IS NULL;
CREATE INDEX reviews_reader_id_idx ON reviews (reader_id) INCLUDE (rating);
CREATE INDEX support_tickets_user_id_idx ON support_tickets (user_id);
CREATE INDEX blog_posts_search_idx ON blog_posts USING gin (search);
CREATE INDEX background_jobs_ready_idx ON background_jobs (queue, run_at) WHERE finished_at IS NULL;
CREATE INDEX audit_events_occurred_at_idx ON audit_events USING brin (occurred_at);
CREATE INDEX newsletter_subscribers_email_idx ON newsletter_subscribers (lower(email));
CREATE UNIQUE INDEX user_addresses_default_idx ON user_addresses (user_id) WHERE is_default;
CREATE INDEX reader_time_off_days_idx ON reader_time_off USING gist (days);


-- ---------------------------------------------------------------------------------------------------------------
-- Functions, triggers, views
-- ---------------------------------------------------------------------------------------------------------------

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

CREATE FUNCTION record_booking_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO booking_status_history (booking_id, old_status, new_status) VALUES (NEW.id, OLD.status, NEW.status);
  RETURN NEW;
END
$$;

CREATE FUNCTION has_role(p_user_id uuid, p_role text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM user_roles WHERE user_id = p_user_id AND role = p_role)
$$;

CREATE FUNCTION wallet_balance(p_user_id uuid) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(balance), 0) FROM wallets WHERE user_id = p_user_id AND NOT is_frozen
$$;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON wallets FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON bookings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER record_booking_status AFTER UPDATE OF status ON bookings
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION record_booking_status();

CREATE VIEW active_readers AS
  SELECT u.id, p.full_name, r.headline, r.hourly_rate
  FROM users AS u JOIN profiles AS p ON p.user_id = u.id JOIN reader_profiles AS r ON r.reader_id = u.id
  WHERE u.status = 'active';

CREATE VIEW upcoming_bookings AS
  SELECT b.id, b.reference, b.user_id, b.reader_id, s.title, b.scheduled_at
  FROM bookings AS b JOIN services AS s ON s.id = b.service_id
  WHERE b.status IN ('pending', 'confirmed');

CREATE MATERIALIZED VIEW reader_statistics AS
  SELECT reader_id, count(*) AS review_count, round(avg(rating), 2) AS average_rating FROM reviews GROUP BY reader_id;
CREATE UNIQUE INDEX reader_statistics_reader_id_idx ON reader_statistics (reader_id);

COMMENT ON TABLE backup_logs IS 'Written by the nightly backup job. Must be kept for two years.';
COMMENT ON TABLE messages IS 'The inbox. New conversations go to chat_messages.';
COMMENT ON COLUMN bookings.reader_id IS 'Empty once the reader has left the platform';
COMMENT ON INDEX background_jobs_ready_idx IS 'The workers poll this one';
COMMENT ON FUNCTION has_role(uuid, text) IS 'Called by the API for every request';

GRANT SELECT ON languages, countries, currencies, faqs, cms_pages, blog_posts, chat_sessions_backup TO PUBLIC;
REVOKE EXECUTE ON FUNCTION wallet_balance(uuid) FROM PUBLIC;

ALTER TABLE user_notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_notes_author ON user_notes USING (author_id::text = current_setting('app.user_id', true));

COMMIT;

ANALYZE;
