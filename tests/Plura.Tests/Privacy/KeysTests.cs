using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Platform.Postgres;
using Plura.Privacy;
using Plura.Privacy.Contracts;
using Plura.Privacy.Data;

namespace Plura.Tests.Privacy;

public sealed class KeysTests(PluraApp app)
{
    [Fact]
    public async Task An_address_has_another_key_in_every_account_and_on_every_channel()
    {
        var (one, two) = (await app.NewAccount(), await app.NewAccount());
        var first = await Key(one, Channels.Email, "ann@example.com");
        Assert.Equal(first, await Key(one, Channels.Email, "ann@example.com"));
        Assert.NotEqual(first, await Key(two, Channels.Email, "ann@example.com"));
        Assert.NotEqual(first, await Key(one, Channels.Sms, "ann@example.com"));
        Assert.Equal(first, await two.In(s => Task.FromResult(s.GetRequiredService<IAddressKeys>().Of(one.Id, Channels.Email, "ann@example.com"))));
    }

    [Fact]
    public async Task A_proof_is_kept_as_ciphertext_only_and_opens_for_its_account()
    {
        var account = await app.NewAccount();
        var (person, contact) = (Consents.NewAddress(), Consents.NewAddress());
        await account.Says(person, ConsentActs.Granted, proof: Proof(), subject: contact);
        var row = await Event(account);
        Assert.DoesNotContain("192.0.2.7", Encoding.UTF8.GetString(row.Proof!), StringComparison.Ordinal);
        var keys = app.Services.GetRequiredService<SubjectKeys>();
        Assert.Contains("192.0.2.7", Encoding.UTF8.GetString((await keys.Open(account.Id, contact, row.Id, row.Proof!, CancellationToken.None))!), StringComparison.Ordinal);
        Assert.Null(await keys.Open(account.Id, contact, Consents.NewAddress(), row.Proof!, CancellationToken.None));
    }

    [Fact]
    public async Task A_shredded_key_leaves_the_proof_unreadable_and_the_chain_whole()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        var (person, contact) = (Consents.NewAddress(), Consents.NewAddress());
        await account.Says(person, ConsentActs.Granted, proof: Proof(), subject: contact);
        var row = await Event(account);
        var keys = home.Services.GetRequiredService<SubjectKeys>();
        await keys.Shred(account.Id, contact, CancellationToken.None);
        Assert.Null(await keys.Open(account.Id, contact, row.Id, row.Proof!, CancellationToken.None));
        // A later proof of the same person makes a new key; it does not open the old one.
        await account.Says(person, ConsentActs.Granted, proof: Proof(), subject: contact);
        Assert.Null(await keys.Open(account.Id, contact, row.Id, row.Proof!, CancellationToken.None));
        Assert.True((await home.Services.GetRequiredService<LedgerVerification>().Run(CancellationToken.None)).Ok);
    }

    [Theory]
    [InlineData("pepper")]
    [InlineData("root")]
    [InlineData("signing")]
    public async Task A_start_without_a_key_that_the_database_knows_is_refused(string name)
    {
        await using var home = await app.Another();
        var file = Path.Combine(home.Folder, "keys", name + ".key");
        File.Delete(file);
        var database = home.Services.GetRequiredService<Database>();
        Assert.Contains(name, (await Assert.ThrowsAsync<PlainException>(() => database.KeysAreWhole(CancellationToken.None))).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]));
        await Assert.ThrowsAsync<PlainException>(() => database.KeysAreWhole(CancellationToken.None));
    }

    private static Dictionary<string, string> Proof() => new(StringComparer.Ordinal) { ["ip"] = "192.0.2.7", ["page"] = "/f/newsletter" };

    private static Task<Guid> Key(TestAccount account, string channel, string normal) =>
        account.In(s => Task.FromResult(s.GetRequiredService<IAddressKeys>().Of(channel, normal)));

    private static Task<ConsentEvent> Event(TestAccount account) =>
        account.In(s => s.GetRequiredService<PluraDb>().ConsentEvents.AsNoTracking().FirstAsync(e => e.Proof != null));
}
