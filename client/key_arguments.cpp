#include "client/key_arguments.hpp"

#include <fmt/format.h>

#include "client/desk/local_names.hpp"
#include "client/print.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/documents.hpp"

namespace desk {
namespace {

std::expected<order, leaflet> read_keygen(form& f, const words& given) {
    keygen_order out;
    out.cost = "moderate";
    f.app.add_option("--loket", out.loket, "the desk's id")->type_name("DESK")->required();
    f.app.add_option("--rol", out.rol, "beheerder (a lead) or medewerker")->type_name("ROLE")->required();
    f.app.add_option("--out", out.out, "the new key file; FILE.pub is written beside it")
        ->type_name("FILE")
        ->required();
    f.app
        .add_option("--passphrase-file", out.passphrase_file,
                    "file of its passphrase, mode 0600; else it is asked for twice")
        ->type_name("FILE");
    f.app.add_option("--cost", out.cost, "moderate (default), or interactive: opens faster, guards less")
        ->type_name("COST");
    ask_for_json(f.app, out.json);
    f.fault = [&out]() -> std::string {
        if (!protocol::is_desk_id(out.loket))
            return fmt::format(
                "'{}' is not a desk's id: that is 1 to 40 of a-z, 0-9 and -, a letter first; correct "
                "--loket.",
                escaped_line(out.loket));
        if (out.out == "-" || out.out.empty())
            return "--out names a new file: a key that passes over standard output may stay in a log or a "
                   "pipe.";
        if (out.rol != "beheerder" && out.rol != "medewerker")
            return "--rol is beheerder (a lead) or medewerker.";
        if (out.cost != "interactive" && out.cost != "moderate") return "--cost is moderate or interactive.";
        return {};
    };
    return filled(f, out, given);
}

std::string no_member_id(const std::string& word) {
    return fmt::format("'{}' is not a member's id; copy all 36 characters of it from baken desk status.",
                       escaped_line(word));
}

std::expected<order, leaflet> read_enrol(form& f, const words& given) {
    enrol_order out;
    std::string replaces;
    f.app.add_option("FILE.pub", out.cards, "the cards that baken desk keygen wrote")
        ->type_name("")
        ->required();
    ask_for_desk(f.app, out.place);
    f.app
        .add_option("--replaces", replaces,
                    "the id of the same person, whose keys are lost: revoked in the same step")
        ->type_name("LID");
    f.app.add_flag("--all-epochs", out.all_epochs,
                   "also hand them the keys of the weeks that are over, as far as you hold them");
    f.app
        .add_option(
            "--as", out.as,
            "what its owner is called on this machine, for each card in turn; else as the file is named")
        ->type_name("NAME")
        ->allow_extra_args(false);
    f.app.add_flag("--readmit", out.readmit,
                   "also a card that was revoked or dropped before: nobody else ever had its keys");
    f.app.add_flag("--yes", out.yes, "the fingerprints of these cards were compared already: do not ask");
    ask_for_json(f.app, out.json);
    f.fault = [&out, &replaces]() -> std::string {
        for (const auto& name : out.as)
            if (auto fault = fault_of_name(name); !fault.empty()) return fault;
        if (out.as.size() > out.cards.size())
            return "--as gives a name to each card in turn; there are fewer cards.";
        if (replaces.empty()) return {};
        auto lid = crypto::uuid::parse(replaces);
        if (!lid) return no_member_id(replaces);
        out.replaces = *lid;
        if (out.cards.size() != 1)
            return "--replaces takes one card, that of the person whose keys are lost.";
        return {};
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_revoke(form& f, const words& given) {
    revoke_order out;
    words lids;
    f.app.add_option("LID", lids, "ids of the members who leave, as baken desk status lists them")
        ->type_name("")
        ->required();
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--yes", out.yes, "do not ask whether they are to leave");
    f.app.add_flag("--yes-myself", out.yes_myself, "do not ask whether your own membership is to end");
    f.app.add_flag("--last", out.last, "also where no lead stays, and nobody can make keys any more");
    ask_for_json(f.app, out.json);
    f.fault = [&out, &lids] {
        std::string wrong;
        for (const auto& word : lids) {
            if (auto lid = crypto::uuid::parse(word))
                out.lids.push_back(*lid);
            else
                wrong += (wrong.empty() ? "" : "\n") + no_member_id(word);
        }
        return wrong;
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_keys(form& f, const words& given) {
    keys_order out;
    ask_for_desk(f.app, out.place);
    f.app
        .add_option("--weeks", out.weeks,
                    "how many weeks from this one on must have a key: 8, or 26 for the default desk")
        ->type_name("N")
        ->check(CLI::Range(1, 52).description("1 to 52"));
    f.app.add_flag("--yes", out.yes,
                   "the fingerprints of all members of the desk were compared already: do not ask");
    f.app.add_flag("--drop-missing", out.drop_missing,
                   "memberships and keys that the server's database lost are listed no longer");
    ask_for_json(f.app, out.json);
    return filled(f, out, given);
}

// Of a verb that opens a key file and asks no server.
void ask_for_key_file(CLI::App& app, place_flags& place, const char* passphrase) {
    const auto option = [&](const char* name, auto& to, const char* what) {
        app.add_option(name, to, what)->type_name("FILE");
    };
    option("--profile", place.profile, "TOML file that names the key file");
    option("--key", place.flags.key, "the key file");
    option("--passphrase-file", place.flags.passphrase_file, passphrase);
}

std::expected<order, leaflet> read_card_order(form& f, const words& given) {
    card_order out;
    ask_for_key_file(f.app, out.place, "file of its passphrase, mode 0600; else it is asked for");
    f.app.add_option("--out", out.out, "the card to make; default: FILE.pub beside the key file")
        ->type_name("FILE");
    ask_for_json(f.app, out.json);
    return filled(f, out, given);
}

std::expected<order, leaflet> read_names_order(form& f, const words& given) {
    names_order out;
    words names;
    ask_for_desk(f.app, out.place);
    f.app.add_option("--name", names, "call a member so from now on; may be repeated")
        ->type_name("LID=NAME")
        ->allow_extra_args(false);
    f.app.add_option("--to", out.to, "a new file with all names, sealed to the desk's members (by a lead)")
        ->type_name("FILE");
    f.app.add_option("--from", out.from, "take the names of such a file")->type_name("FILE");
    f.app.add_flag("--overwrite", out.overwrite, "with --from: also where another name is given here");
    ask_for_json(f.app, out.json);
    f.fault = [&out, &names]() -> std::string {
        if (int{!out.to.empty()} + int{!out.from.empty()} + int{!names.empty()} > 1)
            return "Give names (--name), or write them (--to), or take them (--from): one at a time.";
        for (const auto& word : names) {
            const auto at = word.find('=');
            const auto lid = crypto::uuid::parse(word.substr(0, at));
            if (at == word.npos || !lid)
                return fmt::format("'{}' is not LID=NAME; copy the id from baken desk status.",
                                   escaped_line(word));
            if (auto fault = fault_of_name(word.substr(at + 1)); !fault.empty()) return fault;
            out.given.emplace_back(*lid, word.substr(at + 1));
        }
        return {};
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_restored(form& f, const words& given) {
    restored_order out;
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--yes", out.yes, "the administrator said so, by voice or in person: do not ask");
    ask_for_json(f.app, out.json);
    return filled(f, out, given);
}

std::expected<order, leaflet> read_passwd(form& f, const words& given) {
    passwd_order out;
    ask_for_key_file(f.app, out.place, "file of its passphrase so far, mode 0600; else it is asked for");
    f.app
        .add_option("--new-passphrase-file", out.new_passphrase_file,
                    "file of the new passphrase, mode 0600; else it is asked for twice")
        ->type_name("FILE");
    ask_for_json(f.app, out.json);
    return filled(f, out, given);
}

}  // namespace

reader key_reader_of(std::string_view verb) {
    if (verb == "keygen") return read_keygen;
    if (verb == "enrol") return read_enrol;
    if (verb == "revoke") return read_revoke;
    if (verb == "keys") return read_keys;
    if (verb == "card") return read_card_order;
    if (verb == "names") return read_names_order;
    if (verb == "restored") return read_restored;
    if (verb == "passwd") return read_passwd;
    return nullptr;
}

}  // namespace desk
