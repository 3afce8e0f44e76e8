using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plura.Accounts;

namespace Plura.Adapters;

/// <summary>
/// Encrypts a payload for one browser (RFC 8291) as one record of <c>aes128gcm</c> (RFC 8188): the push service carries it and cannot read it.
/// </summary>
public static class PushEncryption
{
    private const int Salt = 16;
    private const int Point = 65;
    private const int Tag = 16;
    private const int RecordSize = 4_096;

    /// <exception cref="CryptographicException">The browser's key is no point of the curve.</exception>
    public static byte[] Encrypt(string payload, PushAddress device)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var browser = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = device.Key[1..33], Y = device.Key[33..] } });
        var (ours, salt) = (PointOf(once.ExportParameters(false).Q), RandomNumberGenerator.GetBytes(Salt));
        var secret = once.DeriveRawSecretAgreement(browser.PublicKey);
        var shared = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, device.Secret, [.. "WebPush: info\0"u8, .. device.Key, .. ours]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 12, salt, [.. "Content-Encoding: nonce\0"u8]);

        // The two ends the last record; there is one record only, so no padding follows.
        byte[] plain = [.. Encoding.UTF8.GetBytes(payload), 2];
        var body = new byte[Salt + 4 + 1 + Point + plain.Length + Tag];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(Salt), RecordSize);
        body[Salt + 4] = Point;
        ours.CopyTo(body, Salt + 5);
        var text = body.AsSpan(Salt + 5 + Point);
        using var cipher = new AesGcm(key, Tag);
        cipher.Encrypt(nonce, plain, text[..plain.Length], text[plain.Length..]);
        return body;
    }

    public static byte[] PointOf(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
