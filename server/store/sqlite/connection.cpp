#include "server/store/sqlite/connection.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <sqlite3.h>

namespace store::sqlite {
namespace {

// Settings of every connection. synchronous=FULL: a commit is on the disk before it is answered. No commit
// empties the log (see checkpointer), and one that a reader from outside let grow is cut to 64 MiB when it
// starts anew; secure_delete overwrites what goes.
constexpr const char* settings = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -16000;
    PRAGMA temp_store = MEMORY;
)";

// SQLite makes a new file with the umask's mode; nobody else may read this one, so it is made first. One
// that others could read (copied by hand) is closed to them.
bool make_file(const std::string& path) {
    int fd = ::open(path.c_str(), O_CREAT | O_CLOEXEC | O_RDWR, 0600);
    if (fd < 0) return false;
    bool closed_to_others = ::fchmod(fd, 0600) == 0;
    ::close(fd);
    return closed_to_others;
}

int keep_log_pages(void* to, sqlite3* /*db*/, const char* /*schema*/, int pages) {
    *static_cast<int*>(to) = pages;
    return SQLITE_OK;
}

errc code_of(int rc) {
    switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
            return errc::id_taken;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return errc::damaged;
        default:
            return errc::unavailable;
    }
}

}  // namespace

rows::rows(rows&& other) noexcept : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}

rows::~rows() {
    if (!statement_) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

std::expected<bool, errc> rows::next() {
    int rc = sqlite3_step(statement_);
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) return false;
    return std::unexpected(code_of(rc));
}

std::int64_t rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }
bool rows::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string_view rows::text(int column) const {
    const auto* at = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return at ? std::string_view(at, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string_view();
}

crypto::byte_view rows::blob(int column) const {
    const auto* at = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {at, at ? static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}

crypto::bytes rows::bytes(int column) const {
    auto view = blob(column);
    return {view.begin(), view.end()};
}

std::expected<connection, errc> connection::open(const std::string& path, mode mode) {
    if (mode == mode::create && !make_file(path)) return std::unexpected(errc::cannot_open);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (mode == mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    sqlite3* db = nullptr;
    int rc = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
    connection out(db);
    if (rc != SQLITE_OK) return std::unexpected(errc::cannot_open);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_busy_timeout(db, 5000);
    auto set =
        out.script(mode == mode::read
                       ? "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
                       : settings);
    if (!set) return std::unexpected(set.error() == errc::damaged ? errc::damaged : errc::cannot_open);
    sqlite3_wal_hook(db, keep_log_pages, out.log_pages_.get());
    return out;
}

connection::connection(sqlite3* db) : db_(db), log_pages_(std::make_unique<int>(0)) {}

connection::connection(connection&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)),
      log_pages_(std::move(other.log_pages_)),
      prepared_(std::move(other.prepared_)) {}

connection& connection::operator=(connection&& other) noexcept {
    std::swap(db_, other.db_);
    std::swap(log_pages_, other.log_pages_);
    std::swap(prepared_, other.prepared_);
    return *this;
}

connection::~connection() {
    for (auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
    sqlite3_close(db_);
}

sqlite3_stmt* connection::prepare(const char* sql) {
    auto at = prepared_.find(sql);
    if (at != prepared_.end()) return at->second;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return nullptr;
    prepared_.emplace(sql, statement);
    return statement;
}

std::expected<void, errc> connection::script(const std::string& sql) {
    int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
    return {};
}

std::expected<int, errc> connection::checkpoint() {
    int logged = 0, copied = 0;
    const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &logged, &copied);
    if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
    return copied;
}

std::int64_t connection::last_row() const { return sqlite3_last_insert_rowid(db_); }
bool connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
int connection::changes() const { return sqlite3_changes(db_); }

void connection::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
    sqlite3_bind_int64(statement, index, value);
}
void connection::bind(sqlite3_stmt* statement, int index, std::string_view value) {
    sqlite3_bind_text64(statement, index, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}
void connection::bind(sqlite3_stmt* statement, int index, crypto::byte_view value) {
    // A body is only ever bound by run(), whose arguments outlive the statement: it is not copied.
    auto life = value.size() > 1024 ? SQLITE_STATIC : SQLITE_TRANSIENT;
    sqlite3_bind_blob64(statement, index, value.data() ? static_cast<const void*>(value.data()) : "",
                        value.size(), life);
}
void connection::bind_null(sqlite3_stmt* statement, int index) { sqlite3_bind_null(statement, index); }

}  // namespace store::sqlite
