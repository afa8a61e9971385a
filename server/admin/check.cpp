#include "server/admin/check.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "crypto/protocol/json.hpp"
#include "crypto/protocol/trail.hpp"
#include "server/config/config.hpp"
#include "server/store/open.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

bool follows(std::string_view bytes, const store::head& previous) {
    return protocol::read_line(bytes, {previous.line, previous.hash}).has_value();
}

// Writes over its own line, a few times a second.
class progress {
  public:
    explicit progress(bool watched) : watched_(watched) {}
    ~progress() {
        if (shown_) fmt::print(stderr, "\r\033[K");
    }
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    bool tell(std::string_view step, std::int64_t done, std::int64_t all) {
        const auto now = std::chrono::steady_clock::now();
        if (!watched_ || (shown_ && now - last_ < std::chrono::milliseconds(200))) return true;
        last_ = now;
        shown_ = true;
        fmt::print(stderr, "\r\033[K{}: {} of {}", step, done, all);
        std::fflush(stderr);
        return true;
    }

  private:
    const bool watched_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point last_;
};

// What to do, by the kinds of faults: each once.
struct mend {
    std::string_view codes, sentence;
};
constexpr mend mends[] = {
    {"version", ""},  // its own sentence says it
    {"database unreadable report-hash key-hash",
     "Something below the database changed or lost bytes: look at the disk's health, stop bakend and copy "
     "the data "
     "directory as it is before anything else. What is not named here can still be read. Restore the newest "
     "backup "
     "in which this check finds nothing; reports that came later are only in the damaged copy, so keep it."},
    {"trail-gap trail-hash trail-chain",
     "A desk's trail is not as it was written. Tell the leads of that desk: their members' programs remember "
     "its "
     "heads, and can say up to where it is the one they saw."},
    {"no-recipient first-desk status no-report unknown-key gap counter",
     "Rows that belong together do not: no disk does this alone. Somebody changed the database, an old "
     "backup was "
     "mixed with a newer one, or the program has a fault: keep a copy, and report it as SECURITY.md says."},
};

bool names(std::string_view codes, std::string_view code) {
    for (std::size_t at = 0; at < codes.size();) {
        const auto end = std::min(codes.find(' ', at), codes.size());
        if (codes.substr(at, end - at) == code) return true;
        at = end + 1;
    }
    return false;
}

void write_text(const checked& result, std::ostream& out) {
    const auto& survey = result.survey;
    for (const auto& one : survey.found) out << one.sentence << "\n";
    const auto named = static_cast<std::int64_t>(survey.found.size());
    if (survey.faults > named) out << fmt::format("and {} more\n", survey.faults - named);
    for (const auto& mend : mends) {
        const bool any = std::ranges::any_of(
            survey.found, [&](const store::finding& one) { return names(mend.codes, one.code); });
        if (any && !mend.sentence.empty()) out << "\n" << mend.sentence << "\n";
    }
    if (survey.faults > 0) out << "\n";
    out << fmt::format("{} reports, {} sealed keys and {} lines of trails were read: {}\n", survey.reports,
                       survey.recipients, survey.lines,
                       survey.faults == 0 ? "all is whole" : fmt::format("{} faults", survey.faults));
    if (result.postgres)
        out << "PostgreSQL's own files are for its own tools: pg_amcheck, and pg_checksums where it keeps "
               "them.\n";
}

void write_json(const checked& result, std::ostream& out) {
    json::object all;
    all["engine"] = result.postgres ? "postgresql" : "sqlite";
    all["reports"] = result.survey.reports;
    all["recipients"] = result.survey.recipients;
    all["lines"] = result.survey.lines;
    all["faults"] = result.survey.faults;
    json::array found;
    for (const auto& one : result.survey.found)
        found.push_back(
            json::object{{"code", std::string(one.code)}, {"where", one.where}, {"sentence", one.sentence}});
    all["found"] = std::move(found);
    out << protocol::to_text(all) << "\n";
}

}  // namespace

client::result<checked> check(const std::string& data, bool watched) {
    auto config = config::read(std::filesystem::path(data) / "bakend.toml");
    if (!config) return client::refuse(data + "/bakend.toml: " + config.error()[0], client::wrong_use);
    progress shown(watched);
    const store::check_hooks hooks{follows, {}, [&](std::string_view step, std::int64_t done, std::int64_t all) {
                                       return shown.tell(step, done, all);
                                   }};
    auto survey = store::check(config->store, hooks);
    if (!survey) return client::refuse(std::string(store::text(survey.error())));
    return checked{std::move(*survey), store::names_postgres(config->store)};
}

void write(const checked& result, bool as_json, std::ostream& out) {
    as_json ? write_json(result, out) : write_text(result, out);
}

}  // namespace admin
