#include "crypto/protocol/audit.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "crypto/http_signature.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/trail_actions.hpp"

namespace protocol {
namespace {

// What was signed, read back from the signature base (RFC 9421 §2.5).
struct signed_words {
    std::string_view method, path;
    std::string keyid;
    day created;
};

// The value of a component's line of the base.
std::optional<std::string_view> component(std::string_view base, std::string_view name) {
    const auto start = '"' + std::string(name) + "\": ";
    for (std::size_t at = 0; at < base.size();) {
        const auto end = std::min(base.find('\n', at), base.size());
        const auto line = base.substr(at, end - at);
        if (line.starts_with(start)) return line.substr(start.size());
        at = end + 1;
    }
    return std::nullopt;
}

std::optional<signed_words> read_base(std::string_view base) {
    const auto method = component(base, "@method"), path = component(base, "@path"),
               parameters = component(base, "@signature-params");
    if (!method || !path || !parameters) return std::nullopt;
    const auto input = crypto::read_signature_input("sig1=" + std::string(*parameters));
    if (!input || !input->keyid || !input->created) return std::nullopt;
    return signed_words{*method, *path, *input->keyid, day::of(*input->created)};
}

// Whether this is the path that is signed for such a line; where the form has an id, that which the object
// begins with.
bool is_path_of(std::string_view path, const action_form& form, std::string_view desk,
                std::string_view object) {
    auto out = "/v1/loketten/" + std::string(desk) + std::string(form.path);
    constexpr std::string_view id = "{id}";
    const auto at = out.find(id);
    if (at == std::string::npos) return path == out;
    // What was no id was refused, and stands in no line.
    if (object.starts_with(refused_as)) {
        const auto before = std::string_view(out).substr(0, at),
                   after = std::string_view(out).substr(at + id.size());
        if (path.size() < before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
            return false;
        const auto between = path.substr(at, path.size() - before.size() - after.size());
        return between.find('/') == between.npos && !crypto::uuid::parse(between);
    }
    return path == out.replace(at, id.size(), object.substr(0, object.find(' ')));
}

bool is_empty(const crypto::signature& signature) {
    return std::ranges::all_of(signature, [](auto byte) { return byte == 0; });
}

}  // namespace

trail_signers signers_of(std::string_view desk, std::span<const gids> directories,
                         std::span<const std::string> memberships) {
    std::vector<crypto::sign_public> leads;
    for (const auto& one : directories)
        if (const auto* entry = one.desk(desk))
            for (const auto& key : entry->beheerders)
                if (std::ranges::find(leads, key) == leads.end()) leads.push_back(key);
    trail_signers out;
    for (const auto& key : leads) out["beheerder:" + crypto::kid(key)].push_back(key);
    for (const auto& token : memberships) {
        const auto member = read_membership(token, leads);
        if (member && member->loket == desk) out[member->lid.text()].push_back(member->sign_key);
    }
    return out;
}

void audit::fault(std::string_view what) {
    faults_.push_back({head_.regel, "line " + std::to_string(head_.regel) + " " + std::string(what)});
}

void audit::expect(const trail_head& head, std::string who) {
    if (head.regel > 0) expected_.emplace(head.regel, expected_head{head.hash, std::move(who)});
}

void audit::take(std::string_view bytes) {
    const auto before = head_;
    const auto line = parse_line(bytes);
    head_ = head_of(before.regel + 1, bytes);
    if (!line) {
        fault("is not a line of a trail");
    } else {
        if (line->regel != head_.regel)
            fault("says that it is line " + std::to_string(line->regel) +
                  ": lines were removed, inserted or moved");
        if (line->vorige != before.hash)
            fault(
                "does not follow the line before it: one of the two was changed, or lines were "
                "removed, inserted or moved");
        if (write_line(*line, {line->regel - 1, line->vorige}) != bytes)
            fault("has bytes that no server writes");
        judge(*line);
    }
    const auto [from, to] = expected_.equal_range(head_.regel);
    for (auto seen = from; seen != to; ++seen)
        if (seen->second.hash != head_.hash) fault("is not the one that " + seen->second.who + " saw");
}

void audit::judge(const trail_line& line) {
    const auto* form = form_of(line.handeling);
    if (!form) return fault("names an act that this program does not know");
    if (is_by_clock(*form, line.lid) || line.lid.starts_with(another_desk)) return judge_unsigned(line);
    if (form->method.empty()) return fault("says that somebody did what only the clock does");
    judge_signed(line);
}

void audit::judge_unsigned(const trail_line& line) {
    // What nobody asked for nobody signed; only an end, or a term that passed, is written so.
    if (!is_empty(line.signature)) fault("is signed, though nobody signs what it says");
    const auto* form = form_of(line.handeling);
    if (line.lid.starts_with(another_desk) && !(form && is_told_elsewhere(form->action)))
        fault("says that another desk did what it cannot do here");
}

void audit::judge_signed(const trail_line& line) {
    const auto said = read_base(line.signature_base);
    if (!said) return fault("holds no request that was signed");
    const auto& form = *form_of(line.handeling);
    if (said->keyid != line.lid && said->keyid != "lid:" + line.lid)
        fault("names " + line.lid + ", but was signed as " + said->keyid);
    // HEAD is answered as GET, without the body.
    const auto method = said->method == "HEAD" ? std::string_view("GET") : said->method;
    if (method != form.method || !is_path_of(said->path, form, desk_, line.object))
        fault("says " + line.handeling + " of '" + line.object + "', but what was signed is " +
              std::string(said->method) + " " + std::string(said->path));
    // A server takes what was signed within five minutes of its clock.
    if (std::abs(said->created - line.dag) > 1)
        fault("is dated " + line.dag.text() + ", but was signed on " + said->created.text());
    const auto [first, fresh] = signed_.emplace(line.signature, head_.regel);
    if (!fresh) fault("repeats what was signed for line " + std::to_string(first->second));
    const auto keys = signers_.find(line.lid);
    if (keys == signers_.end())
        return fault("names " + line.lid + ", who never was a member or lead of this desk");
    const auto holds = [&](const crypto::sign_public& key) {
        return crypto::verify(crypto::as_bytes(line.signature_base), line.signature, key);
    };
    if (std::ranges::none_of(keys->second, holds)) fault("does not bear the signature of " + line.lid);
}

std::vector<audit_fault> audit::finish() {
    for (auto seen = expected_.upper_bound(head_.regel); seen != expected_.end(); ++seen)
        faults_.push_back({seen->first, "line " + std::to_string(seen->first) + " is missing, though " +
                                            seen->second.who + " saw it: the trail was cut off"});
    return std::move(faults_);
}

}  // namespace protocol
