#include "server/admin/directory/signed_directory.hpp"

#include <utility>

#include "client/line/directory.hpp"
#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "client/line/unanswered.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/faults.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

std::string read_member(const std::string& body, std::string_view name) {
    auto object = protocol::parse_object(body);
    const auto* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->as_string().data(), value->as_string().size())
                                       : std::string();
}

client::result<client::answer> get(client::http& line, std::string target) {
    client::request asked;
    asked.target = std::move(target);
    auto got = client::send_patiently(line, [&] { return asked; }, {});
    if (!got) return std::unexpected(client::unanswered(line, got.error()));
    return std::move(got->answer);
}

}  // namespace

std::string write_body(const signed_directory& directory) {
    json::object out;
    out["gids"] = directory.token;
    out["routering"] = crypto::b64u(crypto::as_bytes(directory.table));
    return protocol::to_text(out);
}

client::result<signed_directory> read_body(std::string_view text, const std::string& name) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    auto object = protocol::parse_object(text);
    protocol::faults found;
    if (object) {
        protocol::reading r(*object, "", found, protocol::unknown::refuse);
        signed_directory out{r.text("gids", 524288), {}};
        const auto table = r.binary("routering");
        out.table.assign(table.begin(), table.end());
        r.finish();
        if (found.empty()) return out;
    }
    return client::refuse(name + " is not a signed directory; `baken admin directory-sign` makes one.");
}

client::result<std::optional<signed_directory>> fetch_newest(client::http& line) {
    auto newest = get(line, "/v1/sleutelgids");
    if (!newest) return std::unexpected(newest.error());
    if (newest->status == 404) {
        // A server that has versions and shows none does not trust the root that signed the newest.
        auto first = get(line, client::gids_path(1));
        if (!first) return std::unexpected(first.error());
        if (first->status == 404) return std::optional<signed_directory>();
        return client::refuse(
            "The server holds a directory that is signed by none of its pinned roots, so none is in force; "
            "put "
            "the root that signed it back into 'root' of its bakend.toml and restart it.");
    }
    if (newest->status != 200)
        return std::unexpected(client::refused("The directory was not given", *newest));
    auto table = client::fetch(line, "/v1/routering", "The routing table was not given");
    if (!table) return std::unexpected(table.error());
    return signed_directory{read_member(newest->body, "gids"), std::move(table->body)};
}

client::result<void> post(client::http& line, const signed_directory& directory) {
    client::request request{"POST", "/v1/sleutelgids", write_body(directory), {}};
    auto answer = line.send(request);
    if (!answer) return std::unexpected(client::unanswered(line, answer.error()));
    if (answer->ok()) return {};
    if (answer->status == 409) {
        auto newest = fetch_newest(line);
        if (!newest) return std::unexpected(newest.error());
        if (*newest && (*newest)->token == directory.token) return {};
        return client::refuse(
            "This directory does not follow the one in force, which was published in the meantime; begin "
            "again "
            "from that one.");
    }
    return std::unexpected(client::refused("The directory was not published", *answer));
}

}  // namespace admin
