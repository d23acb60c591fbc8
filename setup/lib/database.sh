# Databases: the configuration, the template of everything that is not ours.

modules() { "$venv/bin/python" "$root/setup/modules.py" "$@"; }

make_key() {   # the private key that identity numbers are encrypted for; never overwritten
  export HOTEL_CRM_KEY_FILE=${HOTEL_CRM_KEY_FILE:-$var/keys/identity.pem}
  [ -e "$HOTEL_CRM_KEY_FILE" ] && return
  say "making the key for identity numbers: $HOTEL_CRM_KEY_FILE (keep a copy: without it they are lost)"
  mkdir -p -m 700 "$(dirname "$HOTEL_CRM_KEY_FILE")"
  "$venv/bin/python" "$root/hotel_crm_base/keyfile.py" newkey "$HOTEL_CRM_KEY_FILE" >&2
}

run_script() {   # run_script FILE: a Python file through "odoo shell"; it may import what lies in setup/ and commits itself
  PYTHONPATH=$root/setup run_odoo shell --no-http --log-level=error < "$1"
}

# lines of Odoo that say nothing new
noise="Running as user 'root'|unknown option 'hotel_crm_[a-z_]+'|^<string>:[0-9]+: \\((ERROR/3|WARNING/2)\\)"

run_odoo() {
  # "|| true": nothing left to say is no failure, which would end the caller ("set -e") before the status is returned
  { odoo "$@" 2>&1 >&5 | { grep -vE "$noise" >&2 || true; }
    return "${PIPESTATUS[0]}"; } 5>&1
}

write_conf() {   # write_conf FILE DATABASE HTTP_PORT [LINE...]
  local file=$1 db=$2 port=$3
  shift 3
  { printf '%s\n' '[options]' "db_host = $PGHOST" "db_port = $PGPORT" "db_user = odoo" "db_name = $db" \
      "pg_path = $pgbin" "unaccent = True" "data_dir = $var/data" "addons_path = $root" \
      "http_interface = ${HTTP_INTERFACE:-127.0.0.1}" "http_port = $port" "gevent_port = $((port + 2))" \
      "list_db = False" "hotel_crm_key_file = $HOTEL_CRM_KEY_FILE" "$@"
    [ ! -r "$var/backup.conf" ] || echo "hotel_crm_backup_conf = $var/backup.conf"; } > "$file"
  chmod 600 "$file"
  export ODOO_RC=$file
}

make_template() {   # sets $template: the addons that ours depend on, in English and Chinese; cached
  local needed key old build
  needed=$(modules needed),payment_demo
  key=$( (echo "$needed"; cat "$venv/.odoo"; echo layout 2) | sha256sum | cut -c1-12)
  template=tpl_$key
  exec 9> "$var/template.lock"
  flock -n 9 || { say "another run is building a template: waiting"; flock 9; }
  if ! db_exists "$template"; then
    say "building the template $template (once; some minutes): $needed"
    for old in $(psql -d postgres -Atc "select datname from pg_database where datname like 'tpl\_%' order by oid desc offset 2"); do
      drop_db "$old" || true
    done
    build=build_$key
    drop_db "$build"
    write_conf "$var/$build.conf" "$build" 0
    run_odoo -i "$needed" --load-language=en_US,zh_CN --stop-after-init --no-http --log-level=warn 9>&- || die "the template could not be built"
    rm -f "$var/$build.conf"
    rename_db "$build" "$template"
  fi
  exec 9>&-
}

make_stage() {   # sets $stage: the template with our first addon, $staged, installed; cached by what that addon is made of
  local key old
  staged=$(modules order | cut -d, -f1)
  key=$( (echo "$template"; modules state | grep "^$staged ") | sha256sum | cut -c1-12)
  stage=stage_$key
  exec 9> "$var/stage.lock"
  flock -n 9 || { say "another run is installing $staged: waiting"; flock 9; }
  if ! db_exists "$stage"; then
    say "installing $staged (kept for later runs)"
    for old in $(psql -d postgres -Atc "select datname from pg_database where datname like 'stage\_%' order by oid desc offset 9"); do
      drop_db "$old" || true
    done
    copy_db "$template" "build_$stage"
    write_conf "$var/build_$stage.conf" "build_$stage" 0
    run_odoo -i "$staged" --stop-after-init --no-http --log-level=warn 9>&- || die "$staged does not install: 1 failed"
    rm -f "$var/build_$stage.conf"
    rename_db "build_$stage" "$stage"
  fi
  exec 9>&-
}
