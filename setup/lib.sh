# Sourced by the commands in setup/: from a bare machine to Odoo 19.0, its Python
# packages and a private PostgreSQL, all below $var. Needs bash, python3 3.10-3.13
# and either apt-get (for Debian's package of Odoo), ODOO_SRC or git.
#
# Variables that a user may set:
#   ODOO_SRC      a checkout of Odoo's 19.0 branch, used as it stands
#   ODOO_GIT      where to clone the 19.0 branch from when there is nothing else
#   PYTHON        the interpreter to build the environment with
#   PROJECT_VAR   where everything lands (default: var/ in the repository)
#   DEBIAN_MIRROR a Debian mirror (default: the one this machine's apt uses)
set -euo pipefail
shopt -s nullglob
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
var=${PROJECT_VAR:-$root/var}
mkdir -p "$var"
var=$(cd "$var" && pwd)
venv=$var/venv
# compiled once for all starts, and nothing of it in the checkout
export PYTHONPYCACHEPREFIX=${PYTHONPYCACHEPREFIX-$var/pycache}
export UV_NO_PROGRESS=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=${UV_LINK_MODE:-copy}
unset ODOO_RC OPENERP_SERVER PYTHONPATH PGPASSWORD PGDATABASE PGSERVICE

say() { printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2; }
die() { say "$*"; exit 1; }

for part in "$root"/setup/lib/*.sh; do . "$part"; done

install_all() {   # everything but the database; one at a time, a second call costs a moment
  exec 8> "$var/install.lock"
  flock -n 8 || { say "another setup is installing into $var: waiting"; flock 8; }
  find_python || die "python3 3.10 to 3.13 is needed (as root: apt-get install python3), or name one by PYTHON="
  install_python_packages
  install_odoo
  make_key
  exec 8>&-
}
