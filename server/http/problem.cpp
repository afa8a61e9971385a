// Writes the few members by hand: the shape is fixed, and this room links no JSON library.
#include "server/http/problem.hpp"

#include "server/http/json_string.hpp"

namespace http {
namespace {

void append_member(std::string& to, std::string_view name, std::string_view value) {
    if (to.back() != '{') to += ',';
    append_json_string(to, name);
    to += ':';
    append_json_string(to, value);
}

void append_fault(std::string& to, const fault& fault) {
    to += '{';
    append_member(to, "in", fault.in);
    append_member(to, "location", fault.location);
    append_member(to, "code", fault.code);
    append_member(to, "detail", fault.detail);
    to += '}';
}

}  // namespace

response problem(unsigned status, std::string_view title, std::string_view detail,
                 const std::vector<fault>& faults, std::string_view type) {
    response answer;
    answer.status = status;
    answer.content_type = "application/problem+json";
    auto& body = answer.body;
    body = '{';
    append_member(body, "type", type);
    body += ",\"status\":" + std::to_string(status);
    append_member(body, "title", title);
    if (!detail.empty()) append_member(body, "detail", detail);
    if (!faults.empty()) {
        body += ",\"errors\":[";
        for (const auto& fault : faults) {
            if (body.back() != '[') body += ',';
            append_fault(body, fault);
        }
        body += ']';
    }
    body += '}';
    return answer;
}

}  // namespace http
