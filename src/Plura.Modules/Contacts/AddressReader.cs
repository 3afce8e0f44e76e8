using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Reads typed addresses: checks them, brings them to their one form, and finds the key under which consent knows them.</summary>
public sealed class AddressReader(IAccountDirectory accounts, IAddressKeys keys, Tenant tenant)
{
    public const int MostAddresses = 10;

    /// <summary>The first of each kind is the main one. Blank lines are left out; an address typed twice counts once.</summary>
    public async Task<Result<IReadOnlyList<ReadAddress>>> Read(IEnumerable<string?> emails, IEnumerable<string?> phones, CancellationToken ct)
    {
        var read = new List<ReadAddress>();
        Refusal? wrong = null;
        foreach (var text in Filled(emails))
        {
            if (AddressForms.Email(text) is { } normal)
                Add(read, new ReadAddress(ContactPoint.Email, text, normal, keys.Of(Channels.Email, normal)));
            else
                wrong = Refusal.Together(wrong, Refusal.Invalid("contact.email", $"“{text}” is not an e-mail address. It should look like ann@example.com.", "Email"));
        }

        var region = await Region(ct);
        foreach (var text in Filled(phones))
        {
            if (AddressForms.Phone(text, region) is { } normal)
                Add(read, new ReadAddress(ContactPoint.Phone, text, normal, keys.Of(Channels.Sms, normal)));
            else
                wrong = Refusal.Together(wrong, Refusal.Invalid("contact.phone", $"“{text}” is not a phone number. Numbers from another country begin with + and the country code.", "Phone"));
        }

        if (wrong is not null)
            return wrong;
        if (read.Count > 2 * MostAddresses)
            return Refusal.Invalid("contact.addresses", $"A contact may have at most {MostAddresses} e-mail addresses and {MostAddresses} phone numbers.");
        return read;
    }

    public async Task<string> Region(CancellationToken ct) => (await accounts.Account(tenant.Id, ct))?.Country ?? "US";

    private static IEnumerable<string> Filled(IEnumerable<string?> texts) => texts.Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t!.Trim());

    private static void Add(List<ReadAddress> read, ReadAddress address)
    {
        if (!read.Exists(a => a.Kind == address.Kind && a.Normal == address.Normal))
            read.Add(address);
    }
}

/// <param name="Kind"><c>email</c> or <c>phone</c>.</param>
/// <param name="Value">As typed.</param>
/// <param name="Normal">Its one form.</param>
/// <param name="Key">Under which consent knows it.</param>
public sealed record ReadAddress(string Kind, string Value, string Normal, Guid Key);
