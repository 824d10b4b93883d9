package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * The content of S/MIME that is signed and not encrypted (RFC 8551, section 3.5.2). The signature is not verified: it says who wrote
 * the mail, and Vorrang believes no sender.
 *
 * @param bytes the signed MIME entity, if it could be read
 * @param encrypted whether it is encrypted instead
 * @param note why there are no bytes
 */
record SignedContent(Optional<byte[]> bytes, boolean encrypted, String note) {
    private static final int BUFFER_BYTES = 8 * 1024;

    /** Reads PKCS#7 (CMS, RFC 5652), at most so many bytes of its content. */
    static SignedContent of(byte[] pkcs7, int most) {
        try {
            CMSSignedDataParser parser = new CMSSignedDataParser(new BcDigestCalculatorProvider(), pkcs7);
            CMSTypedStream content = parser.getSignedContent();
            if (content == null) {
                return unread("a signature in S/MIME without its content");
            }
            return new SignedContent(Optional.of(read(content.getContentStream(), most)), false, "");
        } catch (CMSException | IOException | RuntimeException e) {
            return notSigned(pkcs7);
        }
    }

    /** What is there of a content that was cut off, too: its text comes first. */
    private static byte[] read(InputStream in, int most) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = in.read(buffer); read >= 0 && content.size() < most; read = in.read(buffer)) {
                content.write(buffer, 0, read);
            }
        } catch (IOException | RuntimeException e) {
            if (content.size() == 0) {
                throw e;
            }
        }
        return content.toByteArray();
    }

    private static SignedContent notSigned(byte[] pkcs7) {
        if (names(pkcs7, CMSObjectIdentifiers.envelopedData) || names(pkcs7, CMSObjectIdentifiers.authEnvelopedData)) {
            return new SignedContent(Optional.empty(), true, "the content is encrypted (S/MIME)");
        }
        if (names(pkcs7, CMSObjectIdentifiers.compressedData)) {
            return unread("the content is compressed (S/MIME), and is not inflated");
        }
        return unread("S/MIME content that cannot be read");
    }

    private static SignedContent unread(String note) {
        return new SignedContent(Optional.empty(), false, note);
    }

    /** Whether the content type at the start of a ContentInfo is this, in whatever way its length is written. */
    private static boolean names(byte[] pkcs7, ASN1ObjectIdentifier type) {
        try {
            byte[] encoded = type.getEncoded();
            for (int at = 2; at <= 8 && at + encoded.length <= pkcs7.length; at++) {
                if (Arrays.equals(pkcs7, at, at + encoded.length, encoded, 0, encoded.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
