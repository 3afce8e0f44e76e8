namespace Plura.Privacy.Contracts;

/// <summary>
/// The keyed hash under which an address is known to consent and suppression: HMAC-SHA256 under a key of the scope's account,
/// its first 128 bits as a uuid. It outlives the contact, cannot be reversed without the key, and differs between accounts.
/// </summary>
public interface IAddressKeys
{
    /// <param name="channel">See <see cref="Channels"/>.</param>
    /// <param name="normalForm">A lower-case e-mail address or an E.164 number.</param>
    Guid Of(string channel, string normalForm);

    /// <summary>The same for a named account, where no scope stands: bulk work that hashes hundreds of thousands of addresses.</summary>
    Guid Of(Guid tenant, string channel, string normalForm);
}
