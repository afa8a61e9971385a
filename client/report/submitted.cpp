#include "client/report/submitted.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/print.hpp"
#include "crypto/protocol/json.hpp"

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

std::vector<named_reader> named_readers(const protocol::decision& decision, const protocol::gids& gids) {
    std::vector<named_reader> out;
    for (const auto& [id, rol] : decision.ontvangers) {
        const auto* desk = gids.desk(id);
        out.push_back({id, desk ? desk->naam : id, rol, desk && desk->opsporing});
    }
    return out;
}

std::string readers_text(bool spoed, const std::vector<named_reader>& readers) {
    std::string out = spoed ? "Urgent. Who can read it now or later:\n" : "Who can read it now or later:\n";
    for (const auto& [id, naam, rol, opsporing] : readers)
        out += fmt::format("  {} ({}): {}{}\n", escaped_line(naam), id, role_in_words(rol),
                           opsporing ? "; an investigating authority" : "; not an investigating authority");
    return out;
}

crypto::plain submitted_text(const stored_report& stored, const crypto::receipt* receipt) {
    auto before = fmt::format("Report {} was {}{}{}.\n{}", stored.id,
                              stored.ontvangen ? "received on " : "stored", stored.ontvangen.value_or(""),
                              !stored.before     ? ""
                              : stored.ontvangen ? "; an earlier try had stored it"
                                                 : " by an earlier try",
                              readers_text(stored.spoed, stored.readers));
    if (!receipt)
        return crypto::plain::copy_of(before + "There is no mailbox: nobody can come back to this report.\n");
    auto groups = receipt->groups();
    return joined(before + "\nReceipt: ", groups.text(),
                  stored.before
                      ? "\nKeep it safe: who has it can read the answers.\n"
                      : "\nIt is shown only this once. Keep it safe: who has it can read the answers.\n");
}

crypto::plain submitted_json(const stored_report& stored, const std::vector<std::string>& remarks,
                             const crypto::receipt* receipt) {
    json::array desks;
    for (const auto& [id, naam, rol, opsporing] : stored.readers)
        desks.push_back(
            json::object{{"voor", "loket:" + id}, {"naam", naam}, {"rol", rol}, {"opsporing", opsporing}});
    json::object out(protocol::wiping_storage());
    out["id"] = stored.id;
    out["ontvangen"] = nullptr;
    if (stored.ontvangen) out["ontvangen"] = *stored.ontvangen;
    out["eerder"] = stored.before;
    out["ontvangers"] = std::move(desks);
    out["opmerkingen"] = json::array(remarks.begin(), remarks.end());
    out["bon"] = nullptr;
    if (receipt) out["bon"] = json::string_view(receipt->digits());
    return joined(protocol::to_plain(out).text(), "\n", "");
}

}  // namespace desk
