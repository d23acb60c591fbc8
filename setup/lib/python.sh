# The interpreter, uv, and the locked packages.

find_python() {   # sets $py
  local candidate
  # the distribution's own first: it gets security fixes, and is a tenth faster than one that was built without profile
  for candidate in ${PYTHON:-/usr/bin/python3 python3 python3.13 python3.12 python3.11 python3.10}; do
    py=$(command -v "$candidate") || continue
    "$py" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && return
  done
  return 1
}

get_uv() {   # sets $uv; the pinned one is fetched by pip, whichever pip there is
  local pip_wheel="" index
  if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then   # uv does not read pip's configuration
    index=${PIP_INDEX_URL:-$("$py" -m pip config get global.index-url 2>/dev/null || true)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX=$index
  fi
  uv=$(command -v uv) && return
  uv=$var/boot/bin/uv
  [ -x "$uv" ] && return
  mkdir -p "$var/boot"
  if ! "$py" -m pip --version >/dev/null 2>&1; then
    pip_wheel=$(find_pip_wheel) || die "no pip for $py and none to be had: as root, apt-get install python3-pip (or install uv)"
  fi
  PYTHONPATH=$pip_wheel "$py" -m pip install -q --root-user-action=ignore --disable-pip-version-check \
    --no-warn-script-location --target "$var/boot" --require-hashes -r "$root/setup/boot.txt" >&2 ||
    die "pip could not fetch uv: see its message above; is a package index configured (pip config list)?"
}

find_pip_wheel() {   # Debian's python3 brings no pip: take the one venv would use, else out of its package
  local wheels
  wheels=(/usr/share/python-wheels/pip-*.whl)
  if [ ${#wheels[@]} = 0 ]; then
    apt_private python3-pip-whl/trixie || return
    dpkg-deb -x "$(newest "$var"/debs/python3-pip-whl_*.deb)" "$var/boot" || return
    wheels=("$var"/boot/usr/share/python-wheels/pip-*.whl)
  fi
  newest "${wheels[@]}"
}

newest() { [ $# -gt 0 ] && printf '%s\n' "$@" | sort -V | tail -1; }

install_python_packages() {
  local want lock=$root/setup/requirements.lock
  want="$("$py" -c 'import sys; print(sys.base_prefix, sys.version)') $(sha256sum < "$lock")"
  [ "$(cat "$venv/.packages" 2>/dev/null)" = "$want" ] && return
  get_uv
  if ! [ -x "$venv/bin/python" ] || [ "$("$venv/bin/python" -V)" != "$("$py" -V)" ]; then
    rm -rf "$venv"
    "$uv" venv -q --python "$py" "$venv"
  fi
  say "installing the Python packages"
  "$uv" pip install -q --compile-bytecode --python "$venv/bin/python" --require-hashes --no-deps --only-binary :all: -r "$lock" ||
    die "the Python packages could not be installed: see uv's message above"
  echo "$want" > "$venv/.packages"
}

install_extra() {   # install_extra NAME DIRECTORY: setup/requirements-NAME.lock, in an environment of its own in $var
  local want lock=$root/setup/requirements-$1.lock wheels=(--only-binary :all:)
  ! grep -q '^pyspark==' "$lock" || wheels+=(--no-binary pyspark)
  want="$("$venv/bin/python" -V) $(sha256sum < "$lock")"
  [ "$(cat "$var/$2/.packages" 2>/dev/null)" = "$want" ] && return
  get_uv
  rm -rf "${var:?}/$2"
  "$uv" venv -q --python "$py" "$var/$2"
  "$uv" pip install -q --python "$var/$2/bin/python" --require-hashes --no-deps "${wheels[@]}" -r "$lock" ||
    die "the packages of $lock could not be installed: see uv's message above"
  echo "$want" > "$var/$2/.packages"
}

install_ci_tools() { install_extra ci tools; }   # the linters
