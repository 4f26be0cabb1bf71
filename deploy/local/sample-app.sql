-- The sample application: a shop with its orders (sales) and its customers (crm).
-- Runs once, in the empty database `app`, as its owner `app_owner`. Nothing is granted to anybody: only what pgscim
-- grants gives access.

CREATE SCHEMA sales;
CREATE SCHEMA crm;

CREATE TABLE crm.customers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  country char(2) NOT NULL,
  since date NOT NULL
);

CREATE TABLE crm.contacts (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES crm.customers,
  at timestamptz NOT NULL,
  note text NOT NULL
);

CREATE TABLE sales.products (
  sku text PRIMARY KEY,
  name text NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price > 0)
);

CREATE TABLE sales.orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES crm.customers,
  ordered_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'paid', 'shipped', 'returned'))
);

CREATE TABLE sales.order_lines (
  order_id integer NOT NULL REFERENCES sales.orders,
  line smallint NOT NULL,
  sku text NOT NULL REFERENCES sales.products,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, line)
);

INSERT INTO crm.customers (name, email, country, since) VALUES
  ('Harbour Books', 'orders@harbourbooks.example', 'GB', '2021-03-14'),
  ('Café Solstice', 'hola@cafesolstice.example', 'ES', '2021-09-02'),
  ('Nordlys Kontor', 'innkjop@nordlys.example', 'NO', '2022-01-20'),
  ('Atelier Brume', 'bonjour@atelierbrume.example', 'FR', '2022-06-11'),
  ('Kestrel & Daughters', 'accounts@kestrel.example', 'IE', '2023-02-27'),
  ('Werkstatt Lindner', 'einkauf@lindner.example', 'DE', '2023-11-05'),
  ('Studio Tramontana', 'studio@tramontana.example', 'IT', '2024-04-18'),
  ('Prairie Supply Co.', 'purchasing@prairiesupply.example', 'US', '2024-10-09');

INSERT INTO crm.contacts (customer_id, at, note)
SELECT c.id, c.since + make_interval(days => 30 * n, hours => 9 + n), (ARRAY[
    'Asked for the spring catalogue', 'Delivery arrived a day late', 'Wants net-30 terms'])[1 + (c.id + n) % 3]
FROM crm.customers c CROSS JOIN generate_series(1, 3) AS n;

INSERT INTO sales.products (sku, name, price) VALUES
  ('NB-A5-DOT', 'Notebook A5, dotted', 11.50),
  ('NB-A4-LIN', 'Notebook A4, ruled', 14.90),
  ('PEN-FINE', 'Fineliner 0.3, black', 2.80),
  ('INK-BLUE', 'Bottled ink, blue', 16.00),
  ('BAG-TOTE', 'Canvas tote', 19.00),
  ('CAL-WALL', 'Wall calendar', 24.50);

INSERT INTO sales.orders (customer_id, ordered_at, status)
SELECT 1 + n % 8, timestamptz '2026-01-05 08:30+00' + make_interval(days => n * 2, hours => n % 9),
  (ARRAY['shipped', 'shipped', 'paid', 'shipped', 'open', 'returned'])[1 + n % 6]
FROM generate_series(0, 119) AS n;

INSERT INTO sales.order_lines (order_id, line, sku, quantity)
SELECT o.id, l, (ARRAY['NB-A5-DOT', 'NB-A4-LIN', 'PEN-FINE', 'INK-BLUE', 'BAG-TOTE', 'CAL-WALL'])[1 + (o.id * l) % 6],
  1 + (o.id * 7 + l) % 12
FROM sales.orders o CROSS JOIN generate_series(1, 3) AS l
WHERE l <= 1 + o.id % 3;
