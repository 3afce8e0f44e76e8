using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The 256-bit token behind an invitation's link. It is derived from a key that only the installation has, so that it stands nowhere
/// between the click on "Invite" and the letter: neither in the database nor in the outbox.
/// </summary>
public sealed class InvitationLinks(KeyFiles keys)
{
    /// <param name="invitation">The invitation that it leads to.</param>
    /// <param name="home">Where the account is reached, without a slash at the end.</param>
    public string Address(Invitation invitation, string home) => $"{home}/join/{Token(invitation)}";

    public byte[] Hash(Invitation invitation) => HashOf(Token(invitation));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private string Token(Invitation invitation)
    {
        Span<byte> what = stackalloc byte[20];
        invitation.Id.TryWriteBytes(what, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(what[16..], invitation.Round);
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.Derive("link", "invitation", invitation.AccountId), what));
    }
}
