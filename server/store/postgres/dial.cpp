#include "server/store/postgres/dial.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <libpq-fe.h>
#include <poll.h>
#include <string_view>
#include <vector>

namespace store::postgres {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds connecting{3};  // to one host

struct drop_options {
    void operator()(PQconninfoOption* at) const { PQconninfoFree(at); }
};
using options = std::unique_ptr<PQconninfoOption, drop_options>;

std::string_view option(const options& all, std::string_view name) {
    for (const auto* one = all.get(); one && one->keyword; ++one)
        if (one->keyword == name) return one->val ? one->val : "";
    return "";
}

std::vector<std::string> parted(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        out.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return out;
}

// One of those that an address names; empty: what the address says as a whole.
struct host {
    std::string name, address, port;
};

std::vector<host> hosts(const std::string& where) {
    const options all(PQconninfoParse(where.c_str(), nullptr));
    const auto names = parted(option(all, "host")), addresses = parted(option(all, "hostaddr")),
               ports = parted(option(all, "port"));
    const auto count = std::max(names.size(), addresses.size());
    const auto at = [count](const std::vector<std::string>& list, std::size_t i) {
        if (list.size() == count) return list[i];
        return list.size() == 1 ? list[0] : std::string();
    };
    if (count < 2) return {host()};
    std::vector<host> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({at(names, i), at(addresses, i), at(ports, i)});
    return out;
}

// The socket is another one after each step.
bool connected(pg_conn* at, clock::time_point until, const ending* end) {
    auto wanted = PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
        if (wanted == PGRES_POLLING_FAILED) return false;
        if (!wait_for(at, wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT, until, end)) return false;
        wanted = PQconnectPoll(at);
    }
    return true;
}

// What goes over a network must be encrypted, to the server that was meant.
bool is_private(pg_conn* at) {
    const std::string_view address = PQhostaddr(at) ? PQhostaddr(at) : "";
    if (address.empty() || address.starts_with("127.") || address == "::1") return true;  // or a unix socket
    return PQsslInUse(at) != 0 && option(options(PQconninfo(at)), "sslmode") == "verify-full";
}

// Why a connection did not come about. libpq 15 tells its own reasons only in words (English: no locale is
// set), and the server's SQLSTATE (Appendix A) in its message, where that is asked for.
errc why_not(pg_conn* at) {
    constexpr std::pair<std::string_view, errc> reasons[] = {
        {":  3D000", errc::no_database}, {":  28", errc::no_entry},       {":  42501", errc::not_allowed},
        {":  53", errc::not_ready},      {":  57P", errc::not_ready},     {"no password", errc::no_entry},
        {"is read-only", errc::standby}, {"standby mode", errc::standby}, {"certificate", errc::not_verified},
        {"SSL", errc::not_verified},     {"invalid", errc::bad_address},
    };
    const std::string_view said = at ? PQerrorMessage(at) : "";
    for (const auto& [words, why] : reasons)
        if (said.find(words) != said.npos) return why;
    return errc::nobody_answers;
}

std::expected<line, errc> dial_one(const std::string& where, const host& to, use use, const ending* end) {
    // What stands before dbname the operator may say otherwise there; empty is as if it were not there. A
    // server that is gone without a word is noticed within seconds.
    const std::array<std::pair<const char*, const char*>, 13> all{{
        {"keepalives_idle", "5"},
        {"keepalives_interval", "2"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "10000"},
        {"gssencmode", "disable"},
        {"dbname", where.c_str()},
        {"host", to.name.c_str()},
        {"hostaddr", to.address.c_str()},
        {"port", to.port.c_str()},
        {"target_session_attrs", use == use::write || use == use::migrate ? "read-write" : "primary"},
        {"client_encoding", "UTF8"},
        {"fallback_application_name", "bakend"},
        {nullptr, nullptr},
    }};
    std::array<const char*, all.size()> names{}, values{};
    for (std::size_t i = 0; i < all.size(); ++i) std::tie(names[i], values[i]) = all[i];
    line out(PQconnectStartParams(names.data(), values.data(), 1));
    if (out) PQsetErrorVerbosity(out.get(), PQERRORS_SQLSTATE);
    if (!out || PQstatus(out.get()) == CONNECTION_BAD ||
        !connected(out.get(), clock::now() + connecting, end))
        return std::unexpected(why_not(out.get()));
    if (!is_private(out.get())) return std::unexpected(errc::unsafe);
    return out;
}

}  // namespace

std::string shown(const std::string& where) {
    std::string out = "the PostgreSQL database";
    const options all(PQconninfoParse(where.c_str(), nullptr));
    if (const auto name = option(all, "dbname"); !name.empty()) out += " " + std::string(name);
    if (const auto host = option(all, "host"); !host.empty()) out += " on " + std::string(host);
    return out;
}

void drop_connection::operator()(pg_conn* at) const { PQfinish(at); }

bool wait_for(pg_conn* at, short events, clock::time_point until, const ending* end) {
    std::array<pollfd, 2> both{{{PQsocket(at), events, 0}, {end ? end->fd() : -1, POLLIN, 0}}};
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
        const int ready = ::poll(both.data(), both.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready > 0) return both[1].revents == 0;
        if (ready == 0 || errno != EINTR) return false;
    }
}

std::expected<line, errc> dial(const std::string& where, use use, const ending* end) {
    if (!options(PQconninfoParse(where.c_str(), nullptr))) return std::unexpected(errc::bad_address);
    auto why = errc::nobody_answers;
    for (const auto& to : hosts(where)) {
        auto at = dial_one(where, to, use, end);
        if (at) return at;
        if (at.error() != errc::nobody_answers) why = at.error();
    }
    return std::unexpected(why);
}

}  // namespace store::postgres
