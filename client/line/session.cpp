#include "client/line/session.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "client/here/key_files.hpp"
#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "client/line/turned_away.hpp"
#include "client/line/unanswered.hpp"
#include "crypto/jws.hpp"

namespace client {
namespace {

std::string alarm_of(std::string_view desk) { return fmt::format("alarm-{}", desk); }

}  // namespace

result<http> connect(const profile& profile) {
    auto server = server_of(profile);
    if (!server) return std::unexpected(server.error());
    tls_trust trust;
    if (!profile.cacert.empty()) trust.cacert = profile.cacert;
    http out(std::move(*server), std::move(trust));
    out.said_in(place_of_server(profile));
    const auto origin = out.server().origin();
    out.while_waiting([origin](std::chrono::seconds silent) {
        fmt::print(stderr, "baken: still waiting for {} ({} s)\n", origin, silent.count());
    });
    return out;
}

result<state> open_state(const profile& profile, std::span<const crypto::sign_public> roots) {
    auto directory = state_directory_of(profile);
    if (!directory) return std::unexpected(directory.error());
    return state(std::move(*directory), roots, profile.least_version);
}

result<session> session::open(const profile& profile) {
    static const protocol::system_clock clock;
    if (auto said = all_said(profile, true); !said) return std::unexpected(said.error());
    auto line = connect(profile);
    if (!line) return std::unexpected(line.error());
    auto roots = roots_of(profile);
    if (!roots) return std::unexpected(roots.error());
    auto memory = open_state(profile, *roots);
    if (!memory) return std::unexpected(memory.error());
    auto desk = loket_of(profile);
    if (!desk) return std::unexpected(desk.error());
    auto path = key_of(profile);
    if (!path) return std::unexpected(path.error());
    auto keys = open_key_file(*path, profile.passphrase_file);
    if (!keys) return std::unexpected(keys.error());
    if (!keys->sign_keys || !keys->box_keys)
        return refuse(
            fmt::format("{} is the key file of a root, not of a desk; name your own with --key.", *path));
    if (keys->loket != *desk)
        return refuse(fmt::format("{} is of desk {}, not of {}; name the key file of this desk with --key.",
                                  *path, keys->loket, *desk));
    return session(std::move(*line), std::move(*memory), std::move(*roots), std::move(*desk),
                   std::move(*keys), clock);
}

session::session(http line, state memory, pinned_roots roots, std::string desk, protocol::key_file keys,
                 const protocol::clock& clock)
    : line_(std::move(line)),
      memory_(std::move(memory)),
      roots_(std::move(roots)),
      desk_(std::move(desk)),
      keys_(std::move(keys)),
      clock_(&clock) {}

result<published> session::directory() {
    auto out = fetch_directory(line_, memory_, roots_, today());
    if (!out) return out;
    // Of their own desk a person asks more than a reporter: who signs or opens does not go on beside a lie.
    // One that is withheld is asked for where it is needed (a lead may have been replaced).
    const auto why = out->directory.distrusted(desk_);
    if (why == protocol::errc::stand_older)
        return refuse(std::string(protocol::text(*why)) +
                      " If the administrator says that it came back from a backup: baken desk restored");
    if (why && *why != protocol::errc::stand_withheld) return std::unexpected(*why);
    return out;
}

result<answer> session::get(std::string_view rest, unsigned retries) {
    request asked;
    asked.target = fmt::format("/v1/loketten/{}/{}", desk_, rest);
    asked.held = rest.find("wacht=") != std::string_view::npos;
    signer member{"lid:" + keys_.lid.text(), &*keys_.sign_keys};
    return exchange(asked, member, retries);
}

result<answer> session::send(std::string method, std::string_view rest, const std::string& body,
                             std::vector<std::pair<std::string, std::string>> fields) {
    request sent;
    sent.method = std::move(method);
    sent.target = fmt::format("/v1/loketten/{}/{}", desk_, rest);
    sent.body = body;
    sent.fields = std::move(fields);
    signer member{"lid:" + keys_.lid.text(), &*keys_.sign_keys};
    return exchange(sent, member, 2);
}

result<answer> session::post_as_lead(std::string_view rest, const std::string& body) {
    if (!keys_.top_key)
        return refuse(
            "This takes the key of a lead (rol beheerder), and this key file holds none; name a lead's with "
            "--key.");
    request sent;
    sent.method = "POST";
    sent.target = fmt::format("/v1/loketten/{}/{}", desk_, rest);
    sent.body = body;
    signer lead{"beheerder:" + crypto::kid(keys_.top_key->public_key), &*keys_.top_key};
    return exchange(sent, lead, 2);
}

result<answer> session::exchange(const request& plain_request, const signer& who, unsigned retries) {
    auto before = memory_.read();
    if (!before) return std::unexpected(before.error());
    patience patience;
    patience.retries = retries;
    auto sign = [&] { return signed_request(line_.server(), plain_request, who, clock_->now()); };
    auto got = send_patiently(line_, sign, patience);
    if (got && got->answer.status == 401 && !is_other_time(got->answer)) {
        // A server that just started refuses what was signed up to the second of its start (§7).
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));
        got = send_patiently(line_, sign, patience);
    }
    if (!got) return std::unexpected(unanswered(line_, got.error()));
    if (got->answer.status == 401) got->answer.why = why(got->answer, who);
    auto field = got->answer.field("logboek");
    if (field.empty()) {
        if (got->answer.ok()) return std::unexpected(errc::no_trail_head);
        return std::move(got->answer);
    }
    auto head = protocol::read_head(field);
    if (!head) return std::unexpected(errc::bad_answer);
    if (auto ok = memory_.take_head(*before, desk_, *head); !ok) {
        const bool rolled_back = ok.error().sentence == protocol::text(protocol::errc::trail_rolled_back);
        if (auto raised = rolled_back ? raise_alarm() : result<void>(); !raised)
            return std::unexpected(raised.error());
        return std::unexpected(ok.error());
    }
    return std::move(got->answer);
}

std::string session::why(const answer& refused, const signer& who) {
    if (is_other_time(refused)) return told_other_time(clock_->now(), read_problem(refused).detail);
    const auto published = directory();
    if (!published) return {};
    return why_not_believed(*published, desk_, who.keyid.starts_with("beheerder:"), today());
}

result<std::optional<protocol::day>> session::alarmed() const {
    auto text = memory_.note(alarm_of(desk_));
    if (!text) return std::unexpected(text.error());
    if (!*text) return std::nullopt;
    // Whatever the file says: it is there.
    return protocol::day::parse(**text).value_or(today());
}

result<void> session::raise_alarm() {
    auto since = alarmed();
    if (!since) return std::unexpected(since.error());
    if (*since) return {};
    return memory_.set_note(alarm_of(desk_), today().text());
}

result<void> session::end_alarm() { return memory_.set_note(alarm_of(desk_), std::nullopt); }

}  // namespace client
