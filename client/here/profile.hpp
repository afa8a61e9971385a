// Where and as whom a program works (api.md, Programs): a TOML file with server, root, cacert, loket, key,
// passphrase-file, state and least-version; each is also a flag that wins. What is said in one place is not
// asked again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/line/address.hpp"
#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"

namespace client {

// As said, before anything is looked up; empty: not said.
struct profile {
    std::string server;
    std::vector<std::string> root;  // one or two files (two while the root key rolls over)
    std::string cacert;
    std::string loket;
    std::string key;
    std::string passphrase_file;
    std::string state;
    std::int64_t least_version = 0;  // of the directory; 0: any
    std::string file;                // that this was read from; empty: none
    bool server_flag = false;        // the server was a flag
    bool root_flag = false;
};

// The roots that are trusted, and where that was said.
struct pinned_roots {
    std::vector<crypto::sign_public> keys;
    std::vector<std::string> files;  // of each, as named
    std::string profile;             // the file that names them; empty: flags do
    operator std::span<const crypto::sign_public>() const {
        return keys;
    }  // NOLINT: their keys are what counts
};

// directory: what relative paths start from. name: the file, for the refusal. A text that is not TOML,
// an unknown key, a value of another kind, an empty value, or no or more than two roots are refused,
// naming line or key.
[[nodiscard]] result<profile> read_profile(std::string_view toml_text, const std::string& directory,
                                           const std::string& name);

// The file named, or else $XDG_CONFIG_HOME/baken/baken.toml (~/.config/…), which may be missing.
[[nodiscard]] result<profile> load_profile(const std::string& named_file);

// What the flags say, and of the rest what the profile says.
[[nodiscard]] profile overlaid(profile file, const profile& flags);

// What a verb needs of a profile; each is refused as wrong use, with both ways to say it, where it is
// missing.
[[nodiscard]] result<address> server_of(const profile& profile);
[[nodiscard]] result<pinned_roots> roots_of(const profile& profile);
[[nodiscard]] result<std::string> loket_of(const profile& profile);
[[nodiscard]] result<std::string> key_of(const profile& profile);
// All of server, root and, for a desk's verb, loket and key that nobody said, in one refusal.
[[nodiscard]] result<void> all_said(const profile& profile, bool of_a_desk);
// `state`, else $XDG_STATE_HOME/baken, else ~/.local/state/baken.
[[nodiscard]] result<std::string> state_directory_of(const profile& profile);

// Where the server was said, for sentences: "--server", or "the server of FILE".
[[nodiscard]] std::string place_of_server(const profile& profile);

// A root file's text: one line, the public key in base64url.
[[nodiscard]] result<crypto::sign_public> read_root(std::string_view text, const std::string& name);

}  // namespace client
