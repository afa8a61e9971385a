#include "server/store/postgres/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include "server/store/postgres/parameters.hpp"

namespace store::postgres {
namespace {

using clock = std::chrono::steady_clock;

// Longer than any limit that the server is given for it.
std::chrono::seconds answering(use use) {
    switch (use) {
        case use::write:
            return std::chrono::seconds(15);
        case use::migrate:  // every row is rewritten or read; a server that is gone is noticed before
        case use::check:
            return std::chrono::hours(24);
        case use::read:
            return std::chrono::seconds(7);
        case use::listen:
            break;
    }
    return std::chrono::seconds(3);
}

bool is_fault(const pg_result* result) {
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_PIPELINE_SYNC:
            return false;
        default:
            return true;
    }
}

}  // namespace

void drop_result::operator()(pg_result* at) const { PQclear(at); }

// The whole answer to one statement, read row by row.
class connection::result_rows final : public sql::cursor {
  public:
    explicit result_rows(result_ptr all) : all_(std::move(all)), count_(PQntuples(all_.get())) {}

    std::expected<bool, errc> next() override { return ++row_ < count_; }
    std::int64_t integer(int column) const override {
        return read_number(PQgetvalue(all_.get(), row_, column), PQgetlength(all_.get(), row_, column));
    }
    bool is_null(int column) const override { return PQgetisnull(all_.get(), row_, column) != 0; }
    std::string_view text(int column) const override {
        return {PQgetvalue(all_.get(), row_, column), length(column)};
    }
    crypto::byte_view blob(int column) const override {
        return {reinterpret_cast<const std::uint8_t*>(PQgetvalue(all_.get(), row_, column)), length(column)};
    }
    void end() noexcept override { delete this; }

  private:
    std::size_t length(int column) const {
        return static_cast<std::size_t>(PQgetlength(all_.get(), row_, column));
    }
    result_ptr all_;
    int count_, row_ = -1;
};

connection::connection(line at, use use, const ending* end)
    : at_(std::move(at)), end_(end), answering_(answering(use)) {}

std::expected<std::unique_ptr<connection>, errc> connection::open(const std::string& where, use use,
                                                                  const ending* end) {
    auto at = dial(where, use, end);
    if (!at) return std::unexpected(at.error());
    std::unique_ptr<connection> out(new connection(std::move(*at), use, end));
    if (auto ok = out->settle(use); !ok) return std::unexpected(ok.error());
    return out;
}

// The limits are below `answering_`: a server that is alive says no before we count it as gone.
std::expected<void, errc> connection::settle(use use) {
    PQsetnonblocking(at_.get(), 1);
    // What a notice says is about how a statement was run, and goes nowhere.
    PQsetNoticeReceiver(
        at_.get(),
        [](void* self, const pg_result* notice) {
            const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
            if (severity && std::string_view(severity) == "WARNING")
                static_cast<connection*>(self)->warned_ = true;
        },
        this);
    switch (use) {
        case use::write:
            return script(
                "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '6s'; "
                "SET statement_timeout = '12s'; SET idle_session_timeout = 0");
        case use::migrate:
            return script("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_session_timeout = 0");
        case use::read:
            return script("SET default_transaction_read_only = on; SET statement_timeout = '5s'");
        case use::check:
            return script("SET default_transaction_read_only = on; SET statement_timeout = 0");
        case use::listen:
            return script("LISTEN baken");
    }
    return {};
}

bool connection::flushed_and_ready() {
    const auto until = clock::now() + answering_;
    for (;;) {
        const int unsent = PQflush(at_.get());
        if (unsent < 0) return false;
        if (unsent == 0 && PQisBusy(at_.get()) == 0) return true;
        const auto events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
        if (!wait_for(at_.get(), events, until, end_)) return false;
        if (PQconsumeInput(at_.get()) == 0) return false;
    }
}

result_ptr connection::next_result() {
    if (broken_ || !flushed_and_ready()) {
        broken_ = true;
        return nullptr;
    }
    result_ptr out(PQgetResult(at_.get()));
    if (PQstatus(at_.get()) == CONNECTION_BAD) broken_ = true;
    return out;
}

std::expected<result_ptr, errc> connection::answer() {
    result_ptr last;
    std::expected<void, errc> all;
    while (auto one = next_result()) {
        if (all && is_fault(one.get())) all = std::unexpected(code_of(one.get()));
        last = std::move(one);
    }
    if (broken_ || (all && !last)) return std::unexpected(errc::unavailable);
    if (!all) return std::unexpected(all.error());
    return last;
}

// SQLSTATE, PostgreSQL 15 Appendix A.
errc connection::code_of(const pg_result* result) {
    const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view state = field ? field : "";
    if (state.starts_with("23")) return errc::id_taken;  // a constraint does not allow it
    if (state.starts_with("XX")) return errc::damaged;
    // It shuts down, or it is a standby by now: another connection may find one that writes.
    if (state.empty() || state == "25006" || state.starts_with("57P") || state.starts_with("08"))
        broken_ = true;
    if (state == "55P03") return errc::busy;  // another server holds what orders the batches
    if (state == "42501") return errc::not_allowed;
    return errc::unavailable;
}

std::expected<void, errc> connection::script(const std::string& sql) {
    if (broken_ || PQsendQuery(at_.get(), sql.c_str()) == 0) {
        broken_ = true;
        return std::unexpected(errc::unavailable);
    }
    auto last = answer();
    if (!last) return std::unexpected(last.error());
    return {};
}

std::expected<void, errc> connection::begin_reading() {
    return script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

bool connection::in_transaction() const {
    const auto status = PQtransactionStatus(at_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

std::expected<void, errc> connection::commit(std::span<const std::string> tell) {
    std::string all;
    for (const auto& word : tell) {
        const std::unique_ptr<char, decltype(&PQfreemem)> quoted(
            PQescapeLiteral(at_.get(), word.data(), word.size()), PQfreemem);
        if (quoted) all += std::string("SELECT pg_notify('baken', ") + quoted.get() + "); ";
    }
    all += "COMMIT";
    warned_ = false;
    if (broken_ || PQsendQuery(at_.get(), all.c_str()) == 0) {
        broken_ = true;
        return std::unexpected(errc::unavailable);  // nothing was sent, so nothing is stored
    }
    auto last = answer();
    // Told to stop waiting for its standby, it says so in a warning and confirms what it alone has.
    if (broken_ || warned_) return std::unexpected(errc::unsure);
    if (!last) return std::unexpected(last.error());
    // The COMMIT of a transaction that failed is answered too, by the word ROLLBACK.
    if (std::string_view(PQcmdStatus(last->get())) != "COMMIT") return std::unexpected(errc::unavailable);
    return {};
}

std::expected<const std::string*, errc> connection::prepare(const char* sql,
                                                            std::span<const sql::value> values) {
    auto at = prepared_.find(sql);
    if (at != prepared_.end()) return &at->second;
    auto name = "s" + std::to_string(prepared_.size());
    const parameters given(values);
    if (broken_ || PQsendPrepare(at_.get(), name.c_str(), sql, given.count(), given.types()) == 0)
        return std::unexpected(errc::unavailable);
    auto made = answer();
    if (!made) return std::unexpected(made.error());
    return &prepared_.emplace(sql, std::move(name)).first->second;
}

bool connection::put(const std::string& name, std::span<const sql::value> values) {
    const parameters given(values);
    return PQsendQueryPrepared(at_.get(), name.c_str(), given.count(), given.values(), given.sizes(),
                               given.formats(), 1) != 0;
}

std::expected<sql::cursor*, errc> connection::start(const char* sql, std::span<const sql::value> values) {
    auto name = prepare(sql, values);
    if (!name) return std::unexpected(name.error());
    if (!put(**name, values)) {
        broken_ = broken_ || PQstatus(at_.get()) == CONNECTION_BAD;
        return std::unexpected(errc::unavailable);
    }
    auto all = answer();
    if (!all) return std::unexpected(all.error());
    changes_ = std::atoi(PQcmdTuples(all->get()));
    return new result_rows(std::move(*all));
}

void connection::send_values(const char* sql, std::span<const sql::value> values) {
    if (sending_failed_ || broken_) return;
    // Prepared outside the pipeline, where a fault of the one does not take away the other.
    if (PQpipelineStatus(at_.get()) == PQ_PIPELINE_OFF || !prepared_.contains(sql)) {
        if (PQpipelineStatus(at_.get()) != PQ_PIPELINE_OFF) {
            if (auto ok = collect(); !ok) {
                sending_failed_ = ok.error();
                return;
            }
        }
        if (auto ok = prepare(sql, values); !ok) {
            sending_failed_ = ok.error();
            return;
        }
        PQenterPipelineMode(at_.get());
    }
    if (put(prepared_[sql], values))
        ++sent_;
    else
        sending_failed_ = errc::unavailable;
}

std::expected<void, errc> connection::collect() {
    std::expected<void, errc> all;
    if (sending_failed_) all = std::unexpected(*std::exchange(sending_failed_, std::nullopt));
    if (PQpipelineStatus(at_.get()) == PQ_PIPELINE_OFF) return all;
    if (PQpipelineSync(at_.get()) == 0) broken_ = true;
    for (; sent_ > 0 && !broken_; --sent_) {
        auto one = next_result();
        const bool came = one != nullptr;
        if (!came || is_fault(one.get())) {
            if (all) all = std::unexpected(came ? code_of(one.get()) : errc::unavailable);
        } else {
            answers_.push_back(std::move(one));
        }
        if (came) (void)next_result();  // the null that ends each answer
    }
    sent_ = 0;
    if (!broken_) (void)next_result();  // of the sync
    if (!broken_ && PQexitPipelineMode(at_.get()) == 0) broken_ = true;
    if (broken_ && all) all = std::unexpected(errc::unavailable);
    return all;
}

sql::rows connection::take() {
    auto all = std::move(answers_.front());
    answers_.pop_front();
    return sql::rows(new result_rows(std::move(all)));
}

int connection::backend() const { return PQbackendPID(at_.get()); }

bool connection::heard(const std::function<void(std::string_view, int backend)>& tell,
                       std::chrono::milliseconds most) {
    if (wait_for(at_.get(), POLLIN, clock::now() + most, end_) && PQconsumeInput(at_.get()) == 0)
        return false;
    while (const std::unique_ptr<PGnotify, decltype(&PQfreemem)> one{PQnotifies(at_.get()), PQfreemem})
        tell(one->extra, one->be_pid);
    return PQstatus(at_.get()) == CONNECTION_OK;
}

}  // namespace store::postgres
