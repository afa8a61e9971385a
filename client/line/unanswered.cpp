#include "client/line/unanswered.hpp"

#include <fmt/format.h>

namespace client {
namespace {

std::string sentence_of(const http& line, errc error) {
    const auto& place = line.said_in();
    const auto server =
        place.empty() ? line.server().origin() : fmt::format("{} ({})", line.server().origin(), place);
    const auto& cacert = line.trust().cacert;
    switch (error) {
        case errc::unreachable:
            return fmt::format(
                "The server {} cannot be reached; check that address and the network, or try again later.",
                server);
        case errc::proxy:
            return fmt::format(
                "The proxy on the way to {} does not answer; start it, or correct the variable that names it "
                "(https_proxy, all_proxy).",
                server);
        case errc::untrusted:
            return fmt::format(
                "The certificate of {} is not one that {} vouches for, or is of another name; ask your "
                "administrator "
                "for the right certificate file and name it with --cacert (or cacert in the profile). Until "
                "then, do "
                "not go on.",
                server, cacert ? *cacert : "this machine");
        case errc::tls:
            return fmt::format("No TLS 1.2 or newer could be agreed with {}; is this the address of Baken?",
                               server);
        case errc::bad_cacert:
            return fmt::format(
                "{}, the file of --cacert (or cacert in the profile), cannot be read or holds no "
                "certificate; name "
                "another.",
                cacert.value_or("This machine's list of certificates"));
        case errc::timed_out:
            return fmt::format("The server {} did not answer in time; try again later.", server);
        case errc::too_large:
            return fmt::format(
                "The answer of {} is larger than 32 MiB and was thrown away; tell the administrator.",
                server);
        case errc::broken:
            return fmt::format("The connection with {} ended before the answer was whole; try again.",
                               server);
        default:
            return std::string(text(error));
    }
}

}  // namespace

refusal unanswered(const http& line, errc error) {
    refusal out(error);
    out.sentence = sentence_of(line, error);
    return out;
}

}  // namespace client
