// Every key of bakend.toml, for --help, docs and the reader.
#include "server/config/config.hpp"

namespace config {
namespace {

constexpr key table[] = {
    {"data", "\".\"", "the data directory: database, lock, log key"},
    {"store", "\"sqlite:baken.db\"",
     "sqlite:FILE in the data directory, or postgresql://… as libpq reads it"},
    {"listen", "[\"127.0.0.1:8443\", \"[::1]:8443\"]", "numeric addresses with port"},
    {"names", "[\"localhost:8443\", \"127.0.0.1:8443\", \"[::1]:8443\"]", "every Host the server answers to"},
    {"certificate", "\"tls/cert.pem\"", "certificate chain, the server's own first"},
    {"certificate-key", "\"tls/key.pem\"", "its private key, mode 0600"},
    {"root", "\"root.pub\"", "public root key: a file, or a list of two during a roll-over"},
    {"schema", "\"/usr/share/baken/schema\"", "the domain as data: municipalities, desks, codes"},
    {"schema-own", "\"\"", "a directory whose files are used instead of those of the same name under schema"},
    {"demonstration", "false",
     "show help that is made up, a banner on every page, listen on loopback alone; so does data with a "
     "demo/"},
    {"mailbox", "false",
     "the form offers a code with which the answer can be read; not before answers can be"},
    {"confirmation", "600",
     "1 to 600 seconds in which the same page, sent again, shows its confirmation and code again"},
    {"retention", "\"\"", "the file of retention profiles; none: nothing is destroyed by itself"},
    {"threads", "0", "0 to 64; 0 is one a core"},
    {"clock-every", "60",
     "1 to 600 seconds between two looks at the clock: what is due, what the night owes, what must be told"},
    {"connections", "8000", "1 to 1000000 at the same time"},
    {"wait-handshake", "10", "1 to 600 seconds: a TLS handshake, whole"},
    {"wait-head", "10", "the same for a request's header"},
    {"wait-idle", "60", "the same between an answer and the next request"},
    {"wait-body", "30", "the same for a body, and a second more for every 16 KiB"},
    {"wait-write", "30", "the same for an answer to be read"},
    {"shed-reading", "250",
     "0 to 60000 milliseconds that work may wait before who only reads is asked to come back; 0 is always"},
    {"shed-writing", "1000", "the same for reports that are not urgent"},
    {"shed-rescue", "4000", "1000 to 60000: the same for urgent reports and desks"},
    {"disk", "\"\"",
     "a directory whose free space counts; empty: that of an SQLite database, none of PostgreSQL"},
    {"disk-large", "2048", "MiB free below which large reports are refused; on a small disk half of it"},
    {"disk-small", "1024", "MiB free below which all but the smallest reports are; a quarter"},
    {"disk-urgent", "256", "MiB free below which all that is not urgent is; a tenth"},
    {"intake-hour", "16384", "MiB of reports taken in an hour, shared by size and urgency"},
    {"about-name", "\"\"", "who runs this installation; its privacy page says so"},
    {"about-controller", "\"\"",
     "who answers for the personal data, as the GDPR asks: a name and an address"},
    {"about-contact", "\"\"",
     "where people ask about the website and their data: an e-mail address, https:// or tel:"},
    {"about-security", "\"\"", "the same for who found a weak spot; security.txt says it"},
    {"about-day", "\"\"",
     "YYYY-MM-DD: when somebody last made sure of these; of security.txt a year at most"},
    {"languages", "[\"nl\", \"en\"]", "of the pages; the first for whom none fits"},
    {"backup-keys", "[]", "public keys that backups are sealed to, or files with one on the first line"},
    {"wrap-backup-keys", "[]", "the same for the wraps of epoch secrets, KEY:YYYY-MM-DD"},
};

}  // namespace

std::span<const key> keys() { return table; }

}  // namespace config
