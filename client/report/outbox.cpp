#include "client/report/outbox.hpp"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

namespace json = protocol::json;
namespace fs = std::filesystem;

constexpr std::size_t most_file = 1u << 20;
constexpr std::string_view ending = ".json";

}  // namespace

std::string mark_of(std::string_view draft, const crypto::uuid& id) {
    crypto::bytes all(id.bytes.begin(), id.bytes.end());
    all.insert(all.end(), draft.begin(), draft.end());
    auto out = crypto::b64u(crypto::blake2b_256(all));
    std::ranges::fill(all, std::uint8_t{0});
    return out;
}

outgoing outgoing::unsealed() const {
    outgoing out;
    out.id = id;
    out.server = server;
    out.draft = draft;
    out.exclude = exclude;
    if (receipt) out.receipt = crypto::receipt::parse(receipt->digits()).value();
    return out;
}

crypto::plain write_outgoing(const outgoing& report) {
    json::object out(protocol::wiping_storage());
    out["type"] = "baken-uitgaand";
    out["versie"] = 1;
    out["id"] = report.id.text();
    out["server"] = report.server;
    out["concept"] = report.draft;
    out["zonder"] = json::array(report.exclude.begin(), report.exclude.end());
    out["bon"] = nullptr;
    if (report.receipt) out["bon"] = json::string_view(report.receipt->digits());
    out["spoed"] = report.spoed;
    json::array readers;
    for (const auto& [loket, naam, rol, opsporing] : report.readers)
        readers.push_back(
            json::object{{"loket", loket}, {"naam", naam}, {"rol", rol}, {"opsporing", opsporing}});
    out["ontvangers"] = std::move(readers);
    out["body"] = report.body;
    return protocol::to_plain(out);
}

std::optional<outgoing> read_outgoing(std::string_view text) {
    auto object = protocol::parse_object(text);
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    outgoing out;
    if (r.text("type", 64) != "baken-uitgaand" || r.integer("versie") != 1) return std::nullopt;
    out.id = r.id("id");
    out.server = r.text("server", 300);
    out.draft = r.text("concept", 64);
    out.exclude = r.texts("zonder", 100);
    out.spoed = r.boolean("spoed");
    out.body = r.text("body", most_file);
    if (const auto digits = r.text_or_null("bon", 24)) {
        auto receipt = crypto::receipt::parse(*digits);
        if (!receipt) return std::nullopt;
        out.receipt = std::move(*receipt);
    }
    r.each("ontvangers", 8, [&](const json::value& value, std::string at) {
        if (!value.is_object()) return found.push_back({std::move(at), "type", "This must be an object."});
        protocol::reading one(value.as_object(), std::move(at), found, protocol::unknown::ignore);
        out.readers.push_back(
            {one.text("loket", 64), one.text("naam", 500), one.text("rol", 64), one.boolean("opsporing")});
    });
    if (!found.empty() || out.body.empty()) return std::nullopt;
    return out;
}

client::result<outbox> outbox::open(const std::string& directory) {
    if (auto made = client::make_directory(directory); !made) return std::unexpected(made.error());
    struct ::stat state{};
    if (::stat(directory.c_str(), &state) != 0 || state.st_uid != ::geteuid() || (state.st_mode & 0022u) != 0)
        return client::refuse(
            fmt::format("{0} belongs to another user, or others may write into it; name another "
                        "directory, or run: chmod 700 {0}",
                        directory),
            client::wrong_use);
    auto lock = client::file_lock::take(directory + "/lock");
    if (!lock) return std::unexpected(lock.error());
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory, ignored))
        if (entry.path().extension() == ".new") fs::remove(entry.path(), ignored);
    return outbox(directory, std::move(*lock));
}

std::string outbox::file_of(const crypto::uuid& id) const {
    return fmt::format("{}/{}{}", directory_, id.text(), ending);
}

client::result<std::vector<outgoing>> outbox::waiting() const {
    std::vector<std::string> files;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(directory_, fault))
        if (entry.path().extension() == ending) files.push_back(entry.path().string());
    if (fault) return client::refuse(fmt::format("{} cannot be read: {}.", directory_, fault.message()));
    std::ranges::sort(files);
    std::vector<outgoing> out;
    for (const auto& file : files) {
        auto text = client::read_private_file(file, most_file);
        if (!text) return std::unexpected(text.error());
        auto report = read_outgoing(text->text());
        if (!report || file_of(report->id) != file)
            return client::refuse(fmt::format("{} is not a report of this outbox; move it away.", file));
        out.push_back(std::move(*report));
    }
    return out;
}

client::result<void> outbox::keep(const outgoing& report) const {
    return client::replace_file(file_of(report.id), write_outgoing(report).text());
}

client::result<void> outbox::forget(const crypto::uuid& id) const { return client::remove_file(file_of(id)); }

}  // namespace desk
