#include "client/failure.hpp"

#include <algorithm>

#include "client/print.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {

bool wants_json(const std::vector<std::string>& arguments) {
    return !arguments.empty() && arguments.front() != "admin" &&
           std::ranges::find(arguments, "--json") != arguments.end();
}

std::string failure_json(const client::refusal& refusal) {
    protocol::json::object error, out;
    error["code"] = client::code_of(refusal);
    error["sentence"] = escaped(refusal.sentence);
    error["exit"] = refusal.exit;
    out["error"] = std::move(error);
    return escaped(protocol::to_text(out)) + "\n";
}

int failed(const client::refusal& refusal, bool json) {
    print_sentence(refusal.sentence);
    // Where standard output is closed there is nobody to read it, and the exit status says it too.
    if (json) (void)print(failure_json(refusal));
    return refusal.exit;
}

}  // namespace desk
