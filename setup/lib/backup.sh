# What backup, restore, check and upgrade have in common: which hotel, by which configuration, sealed by what.

hotel_place() {   # hotel_place NAME: reaches the hotel's database server; sets $db, $data_dir, $pg_path, $HOTEL_CRM_KEY_FILE
  db=$1
  if [ -n "${HOTEL_CONF:-}" ]; then   # a hotel that was set up for production: its own odoo.conf says everything
    [ -r "$HOTEL_CONF" ] || die "HOTEL_CONF=$HOTEL_CONF cannot be read by $(id -un)"
    local name
    for name in host port user password; do
      [ -z "$(conf_value db_$name)" ] || export "PG${name^^}=$(conf_value "db_$name")"
    done
    data_dir=$(conf_value data_dir)
    pg_path=$(conf_value pg_path)
    [ -n "$data_dir" ] || die "$HOTEL_CONF says no data_dir"
    export HOTEL_CRM_KEY_FILE=${HOTEL_CRM_KEY_FILE:-$(conf_value hotel_crm_key_file)} PATH="$venv/bin:$PATH"
    BACKUP_CONF=${BACKUP_CONF:-$(conf_value hotel_crm_backup_conf)}
    export ODOO_RC=$HOTEL_CONF
    return
  fi
  start_pg "${HOTEL_CLUSTER:-pg}" ${HOTEL_CLUSTER_OPTIONS:-}
  data_dir=$var/data pg_path=$pgbin
  BACKUP_CONF=${BACKUP_CONF:-$var/backup.conf}
}

conf_value() { sed -nE "s/^$1[[:space:]]*=[[:space:]]*(.*[^[:space:]])[[:space:]]*$/\1/p" "$HOTEL_CONF" | grep -vx False | tail -1 || true; }

hotel_conf() {   # hotel_conf DATABASE: lets Odoo's commands work on this database of the hotel
  [ -n "${HOTEL_CONF:-}" ] || write_conf "$var/ops-$1.conf" "$1" 0
}

lock_hotel() {   # nobody serves the database while it is changed, and nobody begins to
  exec 6> "$var/db-$db.lock"
  flock -n 6 || die "the hotel $db is being served: stop it first (Ctrl-C where setup/run runs, or its service)"
  ! db_exists "$db" || [ "$(connections "$db")" = 0 ] ||
    die "$(connections "$db") connections to $db are open: stop the hotel and whoever looks at its database first"
}

connections() { psql -d postgres -Atc "select count(*) from pg_stat_activity where datname = '$1'"; }

backup_tool() {   # backup_tool COMMAND [option...]: the program of hotel_crm_base/backup
  "$venv/bin/python" "$root/hotel_crm_base/backup" "$1" --database "$db" --data-dir "$data_dir" \
    ${pg_path:+--pg-path "$pg_path"} ${HOTEL_CRM_KEY_FILE:+--key-file "$HOTEL_CRM_KEY_FILE"} "${@:2}"
}

need_sealer() {   # gpg or age, whichever a file of public keys is for; age is brought, gpg is part of every Debian
  export PATH="$PATH:$var/boot/usr/bin"
  if grep -qs 'PGP PUBLIC KEY' "$1"; then
    command -v gpg >/dev/null || die "no gpg here, and $1 is a key of it: nothing is written unencrypted (as root: apt-get install gnupg)"
  else
    command -v age >/dev/null || bring_age || die "no age here and none to be had: nothing is written unencrypted (as root: apt-get install age)"
  fi
}

bring_age() {   # one static program
  say "fetching age"
  apt_private age/trixie && dpkg-deb -x "$(newest "$var"/debs/age_*.deb)" "$var/boot"
}

run_checks() {   # run_checks DATABASE [AREA...]: prints what is wrong; 0 sound, 1 warnings, 2 critical, 3 could not look
  local answer=$var/check-$1-$$
  hotel_conf "$1"
  HOTEL_CHECK_AREAS="${*:2}" HOTEL_CHECK_ANSWER=$answer PYTHONPATH=$root/setup \
    run_odoo shell -d "$1" --no-http --log-level=error < "$root/setup/health.py" || rm -f "$answer"
  local level=$(cat "$answer" 2>/dev/null || echo 3)
  rm -f "$answer"
  return "$level"
}

bring_ssh_server() {   # for tests: prints where sshd and rsync are, those of the machine or of its own Debian's packages
  local into=$var/ssh-server
  if ! [ -x "$into/usr/sbin/sshd" ] && ! { command -v sshd && command -v rsync; } >/dev/null; then
    mkdir -p "$into/debs" && chmod 755 "$into"
    (cd "$into/debs" && apt-get -q -o APT::Sandbox::User= download openssh-server libwrap0 rsync libpopt0 >&2) || return
    for deb in "$into"/debs/*.deb; do dpkg-deb -x "$deb" "$into" || return; done
  fi
  echo "$into"
}
