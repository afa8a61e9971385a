#include "server/store/sqlite/connection.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "crypto/hash.hpp"

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

// sha256(blob), for statements alone: no schema may ask for it. NULL stays NULL.
void sha256(sqlite3_context* to, int /*count*/, sqlite3_value** from) {
    if (sqlite3_value_type(from[0]) == SQLITE_NULL) return;
    const auto* at = static_cast<const std::uint8_t*>(sqlite3_value_blob(from[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(from[0]));
    const auto hash = crypto::sha256({at, size});
    sqlite3_result_blob(to, hash.data(), static_cast<int>(hash.size()), SQLITE_TRANSIENT);
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

// A prepared statement, which is also what a query of it reads from: it runs once at a time.
class connection::statement final : public sql::cursor {
  public:
    explicit statement(sqlite3_stmt* prepared) : at_(prepared) {}
    ~statement() override { sqlite3_finalize(at_); }

    void bind(std::span<const sql::value> values) {
        int index = 0;
        for (const auto& one : values) std::visit([&](const auto& v) { bind(++index, v); }, one);
    }

    std::expected<bool, errc> next() override {
        int rc = sqlite3_step(at_);
        if (rc == SQLITE_ROW) return true;
        if (rc == SQLITE_DONE) return false;
        return std::unexpected(code_of(rc));
    }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(at_, column); }
    bool is_null(int column) const override { return sqlite3_column_type(at_, column) == SQLITE_NULL; }
    std::string_view text(int column) const override {
        const auto* from = reinterpret_cast<const char*>(sqlite3_column_text(at_, column));
        return from ? std::string_view(from, static_cast<std::size_t>(sqlite3_column_bytes(at_, column)))
                    : std::string_view();
    }
    crypto::byte_view blob(int column) const override {
        const auto* from = static_cast<const std::uint8_t*>(sqlite3_column_blob(at_, column));
        return {from, from ? static_cast<std::size_t>(sqlite3_column_bytes(at_, column)) : 0};
    }
    void end() noexcept override {
        sqlite3_reset(at_);
        sqlite3_clear_bindings(at_);
    }

  private:
    void bind(int index, std::monostate) { sqlite3_bind_null(at_, index); }
    void bind(int index, bool one) { sqlite3_bind_int64(at_, index, one ? 1 : 0); }
    void bind(int index, std::int64_t one) { sqlite3_bind_int64(at_, index, one); }
    void bind(int index, std::string_view one) {
        sqlite3_bind_text64(at_, index, one.data() ? one.data() : "", one.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8);
    }
    void bind(int index, crypto::byte_view one) {
        // A body outlives its statement (see sql::connection): it is not copied.
        auto life = one.size() > 1024 ? SQLITE_STATIC : SQLITE_TRANSIENT;
        sqlite3_bind_blob64(at_, index, one.data() ? static_cast<const void*>(one.data()) : "", one.size(),
                            life);
    }

    sqlite3_stmt* at_;
};

std::expected<std::unique_ptr<connection>, errc> connection::open(const std::string& path, mode mode) {
    if (mode == mode::create && !make_file(path)) return std::unexpected(errc::cannot_open);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (mode == mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    sqlite3* db = nullptr;
    int rc = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
    std::unique_ptr<connection> out(new connection(db));
    if (rc != SQLITE_OK) return std::unexpected(errc::cannot_open);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_busy_timeout(db, 5000);
    constexpr int function = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (sqlite3_create_function_v2(db, "sha256", 1, function, nullptr, sha256, nullptr, nullptr, nullptr) !=
        SQLITE_OK)
        return std::unexpected(errc::cannot_open);
    auto set =
        out->script(mode == mode::read
                        ? "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
                        : settings);
    if (!set) return std::unexpected(set.error() == errc::damaged ? errc::damaged : errc::cannot_open);
    sqlite3_wal_hook(db, keep_log_pages, &out->log_pages_);
    return out;
}

connection::connection(sqlite3* db) : db_(db) {}

connection::~connection() {
    prepared_.clear();
    sqlite3_close(db_);
}

std::expected<sql::cursor*, errc> connection::start(const char* sql, std::span<const sql::value> values) {
    auto& kept = prepared_[sql];
    if (!kept) {
        sqlite3_stmt* made = nullptr;
        const int rc = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
        kept = std::make_unique<statement>(made);
    }
    kept->bind(values);
    return kept.get();
}

std::expected<void, errc> connection::script(const std::string& sql) {
    int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
    return {};
}

std::expected<std::int64_t, errc> connection::last_place() {
    std::int64_t out = 0;
    auto done = sql::each(query("SELECT seq FROM sqlite_sequence WHERE name = 'ontvangers'"),
                          [&](const sql::rows& r) { out = r.integer(0); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<void, errc> connection::set_last_place(std::int64_t place) {
    auto set = run("UPDATE sqlite_sequence SET seq = $1 WHERE name = 'ontvangers'", place);
    if (set && *set == 0)
        set = run("INSERT INTO sqlite_sequence (name, seq) VALUES ('ontvangers', $1)", place);
    if (!set) return std::unexpected(set.error());
    return {};
}

void connection::interrupt() { sqlite3_interrupt(db_); }

std::expected<int, errc> connection::checkpoint() {
    int logged = 0, copied = 0;
    const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &logged, &copied);
    if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
    return copied;
}

std::expected<void, errc> connection::cut_log() {
    const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (rc == SQLITE_BUSY) return std::unexpected(errc::busy);
    if (rc != SQLITE_OK) return std::unexpected(code_of(rc));
    return {};
}

bool connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
int connection::changes() const { return sqlite3_changes(db_); }

}  // namespace store::sqlite
