#include "server/admin/install/check.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <span>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/trail.hpp"
#include "server/admin/read_config.hpp"
#include "server/store/open.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

bool follows(std::string_view bytes, const store::head& previous) {
    return protocol::read_line(bytes, {previous.line, previous.hash}).has_value();
}

// The newest one must be signed by a root that is pinned now; an earlier one may be by a root since replaced.
std::string judge_directory(const store::gids_row& row, bool newest,
                            std::span<const crypto::sign_public> roots) {
    const auto read = protocol::read_gids(row.token, roots);
    if (!read && newest)
        return "it is not signed by the root key that bakend.toml pins, so no directory is in force and "
               "nothing "
               "can be reported";
    if (read && read->versie != row.version) return "it says that it is another version";
    if (read && crypto::hash_text(crypto::as_bytes(row.table)) != read->routering)
        return "the routing table beside it is not the one that it signs";
    return {};
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
    {"version unfinished", ""},  // their own sentences say it
    {"database unreadable report-hash key-hash wrap-hash document-hash",
     "Something below the database changed or lost bytes: look at the disk's health, stop bakend and copy "
     "the "
     "data directory as it is before anything else. Restore the newest backup in which this check finds "
     "nothing; "
     "reports that came later are only in the damaged copy, so keep it."},
    {"wrap-hash",
     "A wrapped secret that is damaged is left out of what its member gets: another member of that desk can "
     "read "
     "those weeks still, and a lead who can enrols the member again, which seals the secrets again."},
    {"no-wrap",
     "Nobody can open those reports from here. After a restore without --wraps: restore again with the "
     "FILE.wraps "
     "that was made with the backup, into a new installation. Otherwise restore the newest backup that has "
     "them."},
    {"directory",
     "Compare root.pub with the key of those who keep the root key. If it is right, this is another "
     "installation's database, or somebody changed it: nothing may be served from it, so keep a copy and "
     "restore "
     "the newest backup in which this check finds nothing."},
    {"trail-gap trail-hash trail-chain head",
     "A desk's trail is not as it was written. Tell the leads of that desk: their members' programs remember "
     "its heads, and can say up to where it is the one they saw."},
    {"no-recipient first-desk status order no-report unknown-key gap counter",
     "Rows that belong together do not: no disk does this alone. Somebody changed the database, an old "
     "backup "
     "was mixed with a newer one, or the program has a fault: keep a copy, and report it as SECURITY.md "
     "says."},
};

bool names(std::string_view codes, std::string_view code) {
    for (std::size_t at = 0; at < codes.size();) {
        const auto end = std::min(codes.find(' ', at), codes.size());
        if (codes.substr(at, end - at) == code) return true;
        at = end + 1;
    }
    return false;
}

std::string faults(std::int64_t count) {
    return count == 0 ? "all is whole" : fmt::format("{} {}", count, count == 1 ? "fault" : "faults");
}

void write_text(const checked& result, std::ostream& out) {
    const auto& survey = result.survey;
    for (const auto& one : survey.found) out << client::escaped(one.sentence) << "\n";
    const auto named = static_cast<std::int64_t>(survey.found.size());
    if (survey.faults > named) out << fmt::format("and {} more\n", survey.faults - named);
    for (const auto& mend : mends) {
        const bool any = std::ranges::any_of(
            survey.found, [&](const store::finding& one) { return names(mend.codes, one.code); });
        if (any && !mend.sentence.empty()) out << "\n" << mend.sentence << "\n";
    }
    if (!survey.complete) {
        out << "\nNothing behind that could be looked through.\n";
        return;
    }
    if (survey.faults > 0) out << "\nReports that are not named here can still be read.\n";
    out << fmt::format(
        "{} reports, {} sealed keys, {} wrapped secrets, {} documents and {} lines of trails were read: {}\n",
        survey.reports, survey.recipients, survey.wraps, survey.documents, survey.lines,
        faults(survey.faults));
    if (result.postgres)
        out << "PostgreSQL's own files are for its own tools: pg_amcheck, and pg_checksums where it keeps "
               "them.\n";
}

void write_json(const checked& result, std::ostream& out) {
    json::object all;
    all["engine"] = result.postgres ? "postgresql" : "sqlite";
    all["reports"] = result.survey.reports;
    all["recipients"] = result.survey.recipients;
    all["wraps"] = result.survey.wraps;
    all["documents"] = result.survey.documents;
    all["lines"] = result.survey.lines;
    all["complete"] = result.survey.complete;
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
    auto config = read_config(data);
    if (!config) return std::unexpected(config.error());
    progress shown(watched);
    const store::check_hooks hooks{
        follows,
        [&](const store::gids_row& row, bool newest) { return judge_directory(row, newest, config->roots); },
        [&](std::string_view step, std::int64_t done, std::int64_t all) {
            return shown.tell(step, done, all);
        }};
    auto survey = store::check(config->store, hooks);
    if (!survey)
        return client::refuse(store::shown(config->store) + ": " + std::string(store::text(survey.error())));
    return checked{std::move(*survey), store::names_postgres(config->store)};
}

void write(const checked& result, bool as_json, std::ostream& out) {
    as_json ? write_json(result, out) : write_text(result, out);
}

}  // namespace admin
