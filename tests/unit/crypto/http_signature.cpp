// RFC 9421 as such: reading the fields, and the base for any list of components.
#include "crypto/http_signature.hpp"

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "refusal.hpp"

using namespace crypto;

namespace {

// RFC 9421 B.2.6, with the request of B.2.
const signed_message rfc_message{.method = "POST",
                                 .authority = "example.com",
                                 .path = "/foo",
                                 .query = "?param=Value&Pet=dog",
                                 .fields = {{"Host", "example.com"},
                                            {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
                                            {"Content-Type", "application/json"},
                                            {"Content-Length", "18"}}};
constexpr std::string_view rfc_input =
    R"(sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519")";
constexpr std::string_view rfc_signature =
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";

std::optional<errc> base_refused(std::string_view field, const signed_message& message) {
    return refusal(signature_base(read_signature_input(field).value(), message));
}

}  // namespace

TEST_CASE("RFC 9421 B.2.6 verifies") {
    const auto input = read_signature_input(rfc_input).value();
    CHECK(input.label == "sig-b26");
    CHECK(input.created == 1618884473);
    CHECK(input.keyid == "test-key-ed25519");
    CHECK_FALSE(input.alg.has_value());
    CHECK_FALSE(input.unknown_parameters);
    const auto base = signature_base(input, rfc_message).value();
    CHECK(base == R"("date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519")");
    const auto key = block_from_b64u<32>("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs").value();
    const auto mark = read_signature(rfc_signature, "sig-b26").value();
    CHECK(verify(as_bytes(base), mark, key));
    CHECK_FALSE(verify(as_bytes(base + " "), mark, key));
}

TEST_CASE("Signature-Input is read whole") {
    const auto input = read_signature_input(
                           R"(x=();created=-1;nonce="n\"\\";keyid="k";alg="a";tag="t";expires=7;other=token)")
                           .value();
    CHECK(input.components.empty());
    CHECK(input.created == -1);
    CHECK(input.nonce == R"(n"\)");
    CHECK(input.keyid == "k");
    CHECK(input.alg == "a");
    CHECK(input.tag == "t");
    CHECK(input.unknown_parameters);
    CHECK(input.parameters ==
          R"(();created=-1;nonce="n\"\\";keyid="k";alg="a";tag="t";expires=7;other=token)");
}

TEST_CASE("Signature-Input of any other form is refused") {
    for (const std::string_view bad : {"",
                                       "sig1",
                                       "sig1=",
                                       "sig1=(",
                                       "sig1=)",
                                       "sig1=\"@method\"",
                                       "=(\"a\")",
                                       "Sig1=(\"a\")",
                                       "sig1=(\"a\"",
                                       "sig1=(a)",
                                       "sig1=(1)",
                                       "sig1=( \"a\")",
                                       "sig1=(\"a\" )",
                                       "sig1=(\"a\"  \"b\")",
                                       "sig1=(\"a\"\"b\")",
                                       "sig1=(\"a\",\"b\")",
                                       "sig1=(\"\")",
                                       "sig1=(\"@\")",
                                       "sig1=(\"A\")",
                                       "sig1=(\"a b\")",
                                       "sig1=(\"a:\")",
                                       "sig1=(\"a\";req)",
                                       "sig1=(\"a\";sf \"b\")",
                                       "sig1=(\"@query-param\";name=\"x\")",
                                       "sig1=(\"a\"), sig2=(\"a\")",
                                       "sig1=(\"a\"),sig1=(\"a\")",
                                       "sig1=(\"a\"),",
                                       " sig1=(\"a\")",
                                       "sig1=(\"a\") ",
                                       "sig1 = (\"a\")",
                                       "sig1=(\"a\");created",
                                       "sig1=(\"a\");created=",
                                       "sig1=(\"a\");created=\"1\"",
                                       "sig1=(\"a\");created=1.0",
                                       "sig1=(\"a\");created=01",
                                       "sig1=(\"a\"); created=1",
                                       "sig1=(\"a\");created=1;",
                                       "sig1=(\"a\");created=1;created=2",
                                       "sig1=(\"a\");created=1000000000000000",
                                       "sig1=(\"a\");keyid=token",
                                       "sig1=(\"a\");keyid=1",
                                       "sig1=(\"a\");keyid=\"\n\"",
                                       "sig1=(\"a\");x=?1",
                                       "sig1=(\"a\");x=:YQ==:",
                                       "sig1=(\"a\");x=1;x=2",
                                       "sig1=(\"a\")created=1",
                                       "sig1=(\"a\");Created=1"}) {
        CAPTURE(bad);
        CHECK(refusal(read_signature_input(bad)) == errc::bad_signature_field);
    }
}

TEST_CASE("Signature is one member of 64 bytes with the label asked for") {
    const std::string good(rfc_signature);
    CHECK_FALSE(refusal(read_signature(good, "sig-b26")));
    CHECK(refusal(read_signature(good, "sig1")) == errc::bad_signature_field);
    for (const std::string& bad :
         {std::string(), good + " ", " " + good, good + ";a=1",
          good + ", sig1=:YQ==:", good.substr(0, good.size() - 1), std::string("sig-b26=:YQ==:"),
          std::string("sig-b26=::"), std::string("sig-b26="), std::string("sig-b26"),
          std::string("sig-b26=\"x\""), good.substr(0, good.size() - 2) + ":"}) {
        CAPTURE(bad);
        CHECK(refusal(read_signature(bad, "sig-b26")) == errc::bad_signature_field);
    }
}

TEST_CASE("derived components and fields give their values") {
    const signed_message message{
        .method = "GET",
        .authority = "a.example:8443",
        .path = "/p%20q",
        .query = "?a=b",
        .fields = {{"X-List", " one "}, {"other", ""}, {"x-LIST", "\ttwo, three\t"}, {"X-list", ""}}};
    const auto input =
        read_signature_input(
            R"(s=("@request-target" "@query" "x-list" "@authority" "other" "@path" "@method"))")
            .value();
    CHECK(signature_base(input, message).value() ==
          "\"@request-target\": /p%20q?a=b\n"
          "\"@query\": ?a=b\n"
          "\"x-list\": one, two, three, \n"
          "\"@authority\": a.example:8443\n"
          "\"other\": \n"
          "\"@path\": /p%20q\n"
          "\"@method\": GET\n"
          "\"@signature-params\": " +
              input.parameters);
}

TEST_CASE("a message without a query has ? as @query and none in its target") {
    const signed_message message{.method = "GET", .authority = "a", .path = "/", .fields = {}};
    const auto input = read_signature_input(R"(s=("@query" "@request-target"))").value();
    CHECK(signature_base(input, message).value() ==
          "\"@query\": ?\n\"@request-target\": /\n\"@signature-params\": (\"@query\" \"@request-target\")");
}

TEST_CASE("an empty list has a base of one line") {
    CHECK(signature_base(read_signature_input("s=();created=1").value(), rfc_message).value() ==
          "\"@signature-params\": ();created=1");
}

TEST_CASE("a component that is missing, unknown or repeated has no base") {
    for (const std::string_view field :
         {R"(s=("x-missing"))", R"(s=("@target-uri"))", R"(s=("@scheme"))", R"(s=("@status"))",
          R"(s=("@signature-params"))", R"(s=("@method" "@method"))", R"(s=("date" "@path" "date"))"}) {
        CAPTURE(field);
        CHECK(base_refused(field, rfc_message) == errc::bad_signature_field);
    }
}

TEST_CASE("a value cannot begin another line of the base") {
    for (const std::string_view value : {"a\n\"@method\": GET", "a\r", "\x01", "\x7f", "é"}) {
        auto message = rfc_message;
        message.fields.emplace_back("x-a", value);
        CHECK(base_refused(R"(s=("x-a"))", message) == errc::bad_signature_field);
        message.path = "/" + std::string(value);
        CHECK(base_refused(R"(s=("@path"))", message) == errc::bad_signature_field);
    }
}

TEST_CASE("Content-Digest holds for exactly one sha-256 of the body") {
    const auto body = as_bytes("{\"hello\": \"world\"}\n");
    const auto good = content_digest(body);
    CHECK(good == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");  // RFC 9530, appendix B.1
    CHECK(content_digest({}) == "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    CHECK(content_digest_holds(good, body));
    CHECK_FALSE(content_digest_holds(good, as_bytes("other")));
    CHECK_FALSE(content_digest_holds(good, {}));
    for (const std::string& bad : {std::string(), good + " ", " " + good, good + "," + good,
                                   good + ", sha-512=:YQ==:", "SHA" + good.substr(3), good + ";a=1",
                                   std::string("sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="),
                                   std::string("sha-256=:RK_0qy18MlBSVnWgjwz6lZEWjP_lF5HF9bvEF8FabDg=:"),
                                   std::string("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg:"),
                                   std::string("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDh=:"),
                                   std::string("sha-512=") + good.substr(8)}) {
        CAPTURE(bad);
        CHECK_FALSE(content_digest_holds(bad, body));
    }
}
