#include "client/report/sending.hpp"

#include <fmt/format.h>

#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "client/line/unanswered.hpp"
#include "client/print.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

std::optional<std::string> day_of(const client::answer& answer) {
    // It is stored, whatever the answer looks like: an unreadable day must not cost the reporter the receipt.
    auto object = protocol::parse_object(answer.body);
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    auto day = r.date("ontvangen");
    if (!found.empty()) return std::nullopt;
    return day.text();
}

// Where nobody was reached, or the server was not believed, nothing was sent.
bool was_sent(client::errc error) {
    return error == client::errc::timed_out || error == client::errc::broken ||
           error == client::errc::too_large || error == client::errc::bad_answer;
}

client::result<sent> meaning(const client::patient_answer& got, const std::string& kept) {
    const auto& [answer, unanswered_before] = got;
    if (answer.status == 201) return sent{verdict::stored, day_of(answer), unanswered_before};
    if (answer.status == 200) return sent{verdict::before, day_of(answer), unanswered_before};
    if (answer.status == 409) return sent{verdict::other_bytes, {}, unanswered_before};
    const auto problem = client::read_problem(answer);
    if (answer.status == 400 && (problem.has("tijdvak") || problem.has("sleutel")))
        return sent{verdict::keys_passed, {}, unanswered_before};
    auto refusal = client::refused("The report was not stored", answer);
    const bool later = answer.status == 503 || answer.status == 429;
    // A server that failed may have stored it first.
    if (unanswered_before || (answer.status >= 500 && !later))
        return std::unexpected(may_be_stored(refusal.sentence, kept));
    return std::unexpected(std::move(refusal));
}

}  // namespace

client::refusal may_be_stored(std::string sentence, const std::string& kept) {
    sentence +=
        kept.empty()
            ? " It may be stored. Do not make a new report of it: it might be there twice. With --outbox DIR "
              "the "
              "same bytes and the receipt are kept, and sent again without making a second report."
            : fmt::format(
                  " It may be stored. The same bytes wait in {}: run the command again, and do not make a "
                  "new report.",
                  kept);
    client::refusal out(std::move(sentence), perhaps_stored);
    out.code = "perhaps-stored";
    return out;
}

client::result<sent> send_sealed(client::http& line, const std::string& body, const std::string& kept) {
    client::request request;
    request.method = "POST";
    request.target = "/v1/meldingen";
    request.body = body;
    client::patience patience;
    patience.retries = 4;
    patience.waiting = [](unsigned failed, std::chrono::milliseconds pause) {
        progress(fmt::format("The server did not take it yet; again in {:.1f} s ({} of 4).\n",
                             static_cast<double>(pause.count()) / 1000, failed));
    };
    const auto got = client::send_patiently(line, [&] { return request; }, patience);
    if (got) return meaning(*got, kept);
    auto refusal = client::unanswered(line, got.error());
    if (was_sent(got.error())) return std::unexpected(may_be_stored(std::move(refusal.sentence), kept));
    return std::unexpected(std::move(refusal));
}

}  // namespace desk
