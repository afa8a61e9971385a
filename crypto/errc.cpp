// The sentence for every refusal of this room. They stand before operators, officers and in logs: what is
// wrong, and what to do about it where something can be done.
#include "crypto/errc.hpp"

namespace crypto {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_base64:
            return "This is not strict base64 or hexadecimal; copy the whole text again.";
        case errc::bad_uuid:
            return "This is not a random UUID in lower case.";
        case errc::bad_receipt:
            return "A receipt has exactly 24 digits; type all six groups of four.";
        case errc::bad_check_digit:
            return "These digits hold a typing error; compare them with the receipt.";
        case errc::low_order_key:
            return "This public key is worthless and nothing is sealed to it; make a new key.";
        case errc::not_for_this_key:
            return "This was not sealed to this key; try the key of another week or desk.";
        case errc::wrong_id:
            return "The sealed key belongs to another envelope; do not trust this one.";
        case errc::wrong_nonce:
            return "The content does not belong to its key; do not trust this envelope.";
        case errc::damaged:
            return "The content was damaged or changed; fetch it again.";
        case errc::bad_padding:
            return "The content was not padded as it should be; its writer made an error.";
        case errc::too_long:
            return "The text is too long; put the rest in an attachment.";
        case errc::wrong_size:
            return "The length is not one that this format has; fetch it again in full.";
        case errc::stream_order:
            return "The attachment's parts are out of order, or something follows its end.";
        case errc::stream_filling:
            return "The filling behind the attachment is not empty; its writer made an error.";
        case errc::bad_jws:
            return "This is not a signed document in the form Baken uses.";
        case errc::wrong_type:
            return "This signed document is of another type than was asked for.";
        case errc::unknown_key:
            return "None of the keys trusted here signed this; fetch the newest directory.";
        case errc::bad_signature:
            return "The signature does not hold; do not trust this.";
        case errc::bad_signature_field:
            return "Signature-Input, Signature or Content-Digest cannot be read.";
        case errc::signature_policy:
            return "The request is signed, but not over exactly what Baken asks for.";
        case errc::wrong_passphrase:
            return "The passphrase does not open this; type it again.";
        case errc::bad_key_file:
            return "This is not a key file of Baken; choose another file.";
        case errc::bad_archive:
            return "This is not a backup of Baken; choose another file.";
        case errc::newer_archive:
            return "This backup was made by a newer version of Baken; update this program.";
        case errc::other_archive:
            return "This backup holds another part: the reports and the wraps are two files.";
        case errc::archive_damaged:
            return "The backup was damaged or changed; copy it here again, or take another one.";
        case errc::archive_cut:
            return "The end of the backup is missing or damaged; copy it here again, or take another one.";
    }
    return "An error without a name, which is an error in Baken itself.";
}

}  // namespace crypto
