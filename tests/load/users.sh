#!/bin/bash
# A thousand people at once: guests and staff of all roles, behind nginx with TLS and worker processes, on a copy of
# a seeded database (./setup/seed 1000000 makes it). Prints a table of times, errors, processor and memory.
#   tests/load/users.sh [USERS [SECONDS]]      1000 people for 600 seconds, after RAMP seconds in which they come
# Variables: SEED_DB (seed), RAMP (60), WORKERS (by setup/configure), UPGRADE (addons to upgrade in the copy, such as
# hotel_crm_base; for a database that was seeded by older addons), KEEP=1 (leave the copy, and use it again),
# PROFILE=1 (py-spy is not needed: the slowest statements by pg_stat_statements, where it is loaded).
. "$(dirname "$0")/../../setup/lib.sh"
users=${1:-1000} seconds=${2:-600} source=${SEED_DB:-seed} db=${LOAD_DB:-users_load}
install_all
install_extra load load
find_nginx || die "nginx is needed (as root: apt-get install nginx)"
exec 6> "$var/db-$db.lock"
flock -n 6 || die "this test is running already"
start_pg pg-test -c fsync=off -c synchronous_commit=off -c full_page_writes=off
place=$(mktemp -d /tmp/hotel-users-XXXXXX)
chmod 755 "$place"
pids=()
finish() {
  [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
  [ -n "${KEEP:-}" ] || drop_db "$db"
  cp "$place/odoo.log" "$var/users-odoo.log" 2>/dev/null || true
  rm -rf "$place"
  leave_pg
}
trap finish EXIT
trap 'exit 130' INT TERM

export LOAD_USERS=$users LOAD_PLAN=$place/plan.json LOAD_CONF=$place/odoo.conf
if ! { [ -n "${KEEP:-}" ] && db_exists "$db"; }; then
  db_exists "$source" || die "no database $source: ./setup/seed 1000000"
  say "copying $source (the users and their bookings are thrown away with the copy)"
  drop_db "$db"
  createdb -T "$source" --strategy=file_copy "$db"
  mkdir -p "$var/data/filestore"
  cp -a "$var/data/filestore/$source" "$var/data/filestore/$db" 2>/dev/null || mkdir -p "$var/data/filestore/$db"
fi
port=${PORT:-8269} https=$((${PORT:-8269} + 5))
"$root/setup/configure" --self-signed --out "$place" --place "$place/nginx" --database "$db" --db-host "$PGHOST" \
  --db-port "$PGPORT" --data "$var/data" --key-file "$HOTEL_CRM_KEY_FILE" --root "$root" --venv "$venv" \
  --port "$port" --listen-http "127.0.0.1:$((https + 1))" --listen-https "127.0.0.1:$https" >&2
echo "pg_path = $pgbin" >> "$place/odoo.conf"
[ -z "${WORKERS:-}" ] || sed -i "s/^workers = .*/workers = $WORKERS/" "$place/odoo.conf"
sed -i 's/^log_level = .*/log_level = warn/' "$place/odoo.conf"
export ODOO_RC=$place/odoo.conf
if [ -n "${UPGRADE:-}" ]; then
  say "upgrading $UPGRADE"
  run_odoo -u "$UPGRADE" --stop-after-init --no-http --log-level=warn || die "the addons do not upgrade"
fi
say "users, accounts, points, cases, sessions"
run_script "$root/tests/load/users_scene.py" || die "tests/load/users_scene.py failed: see the message above"
[ -s "$LOAD_PLAN" ] || die "tests/load/users_scene.py failed: see the message above"
psql -q -d "$db" -c "ANALYZE"
"$venv/bin/python" "$root/tests/production/door.py" "127.0.0.1:$port" \
  "$venv/bin/odoo" -c "$LOAD_CONF" 6>&- 7>&- 2> "$place/odoo.log" & pids+=($!)
mkdir -p "$place/nginx"
"$nginx" -c "$place/nginx-alone.conf" -p "$place/nginx" -e "$place/nginx/error.log" 6>&- 7>&- & pids+=($!)
# the door is open before the server is there
until "$venv/bin/python" -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:$port/web/health', timeout=5)" \
  2>/dev/null; do
  kill -0 "${pids[0]}" 2>/dev/null || { cat "$place/odoo.log" >&2; die "the server did not start"; }
  sleep 0.3
done
say "$users people for $seconds s, coming within ${RAMP:-60} s"
"$var/load/bin/locust" -f "$root/tests/load/users.py" --headless -H "https://127.0.0.1:$https" \
  -u "$users" -r "$(( (users + ${RAMP:-60} - 1) / ${RAMP:-60} ))" -t "$((seconds + ${RAMP:-60}))s" \
  --reset-stats --only-summary --loglevel WARNING --exit-code-on-error 0 2> "$place/locust.log" |
  grep -vE '^(Type|----|Response time|\s*$)|^(GET|POST|PAGE) |^ *Aggregated' || cat "$place/locust.log" >&2
grep -E "ERROR|CRITICAL" "$place/odoo.log" | sed 's/^/server: /' | sort | uniq -c | sort -rn | head -20 || true
