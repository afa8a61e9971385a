#include "desk/submitted.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/json.hpp"
#include "desk/print.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

std::string_view role_in_words(std::string_view rol) {
    if (rol == "eerste") return "first: reads it and answers";
    if (rol == "mede") return "also reads it";
    return "can read it only if the first desk does not open it in time, or cannot";
}

crypto::plain joined(std::string_view a, std::string_view b, std::string_view c) {
    crypto::plain out(a.size() + b.size() + c.size());
    auto at = out.span().begin();
    for (auto part : {a, b, c}) at = std::copy(part.begin(), part.end(), at);
    return out;
}

}  // namespace

client::result<std::set<std::string, std::less<>>> excluded_desks(const std::vector<std::string>& named,
                                                                  const protocol::gids& gids,
                                                                  std::string_view standaard) {
    for (const auto& id : named) {
        if (!gids.desk(id)) {
            std::vector<std::string> ids;
            for (const auto& desk : gids.loketten) ids.push_back(desk.id);
            return client::refuse(fmt::format("There is no desk '{}' to exclude; there are: {}.",
                                              escaped_line(id), fmt::join(ids, ", ")),
                                  client::wrong_use);
        }
        if (id == standaard)
            return client::refuse(
                fmt::format("The desk '{}' cannot be excluded: it takes what no other desk may read. Leave "
                            "--exclude {} away, or do not send.",
                            id, id),
                client::wrong_use);
    }
    return std::set<std::string, std::less<>>(named.begin(), named.end());
}

std::string recipients_text(const protocol::decision& decision, const protocol::gids& gids) {
    std::string out =
        decision.spoed ? "Urgent. Who can read it now or later:\n" : "Who can read it now or later:\n";
    for (const auto& [id, rol] : decision.ontvangers) {
        const auto* desk = gids.desk(id);
        out += fmt::format(
            "  {} ({}): {}{}\n", desk ? escaped_line(desk->naam) : id, id, role_in_words(rol),
            desk && desk->opsporing ? "; an investigating authority" : "; not an investigating authority");
    }
    return out;
}

crypto::plain submitted_text(const stored_report& stored, const protocol::gids& gids,
                             const crypto::receipt* receipt) {
    auto before = fmt::format("Report {} was received on {}.\n{}", stored.id, stored.ontvangen,
                              recipients_text(stored.decision, gids));
    if (!receipt)
        return crypto::plain::copy_of(before + "There is no mailbox: nobody can come back to this report.\n");
    auto groups = receipt->groups();
    return joined(before + "\nReceipt: ", groups.text(),
                  "\nIt is shown only this once; keep it safe, for whoever has it can read the answers.\n");
}

crypto::plain submitted_json(const stored_report& stored, const protocol::gids& gids,
                             const crypto::receipt* receipt) {
    json::array desks;
    for (const auto& [id, rol] : stored.decision.ontvangers) {
        const auto* desk = gids.desk(id);
        desks.push_back(json::object{{"voor", "loket:" + id},
                                     {"naam", desk ? desk->naam : id},
                                     {"rol", rol},
                                     {"opsporing", desk && desk->opsporing}});
    }
    json::object out(protocol::wiping_storage());
    out["id"] = stored.id;
    out["ontvangen"] = stored.ontvangen;
    out["ontvangers"] = std::move(desks);
    out["bon"] = nullptr;
    if (receipt) out["bon"] = json::string_view(receipt->digits());
    return joined(protocol::to_plain(out).text(), "\n", "");
}

}  // namespace desk
