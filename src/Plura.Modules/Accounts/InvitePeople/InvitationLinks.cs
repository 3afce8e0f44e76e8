using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The 256-bit token behind an invitation's link. It is derived from a key that only the installation has, so that it stands nowhere
/// between the click on "Invite" and the letter: neither in the database nor in the outbox.
/// </summary>
public sealed class InvitationLinks(KeyFiles keys, IConfiguration configuration)
{
    public string Address(Invitation invitation) => $"{PublicAddress.Of(configuration)}/join/{Token(invitation)}";

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
