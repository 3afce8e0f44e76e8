using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

public sealed class ImportContactsTests(PluraApp app)
{
    private const string Three = "First,Last,E-Mail,Phone,Company,Tags,Shoe Size\nAnn,Lee,Ann@Example.com,(415) 555-2671,Lee & Co,\"VIP, patient\",42\nBob,,bob@example.com,,,,\n,,,+49 170 1234567,,patient,\n";

    [Fact]
    public async Task Makes_contacts_addresses_tags_and_fields()
    {
        var desk = new ImportDesk(await app.NewAccount());
        var import = await desk.Import(Three, tags: """["Spring list"]""");

        Assert.Equal("done", import.State);
        Assert.Equal([3, 0, 0, 0, 0], import.Counts);
        Assert.Equal(
            ["|||{}|+491701234567*|patient Spring list", "Ann|Lee|Lee & Co|{\"shoe_size\": \"42\"}|ann@example.com* +14155552671*|patient Spring list VIP", "Bob|||{}|bob@example.com*|Spring list"],
            await desk.People());
        Assert.Equal(0, await desk.Permissions("email"));
    }

    [Fact]
    public async Task The_same_file_again_adds_nobody_and_changes_nothing()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import(Three);
        var before = await desk.Fingerprint();
        var again = await desk.Import(Three);

        Assert.Equal([0, 3, 0, 0, 0], again.Counts);
        Assert.Equal(3, again["unchanged"]);
        Assert.Equal(before, await desk.Fingerprint());
    }

    [Fact]
    public async Task A_dry_run_counts_the_same_and_writes_nothing()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import("E-Mail,First\nann@example.com,Ann\n");
        var before = await desk.Fingerprint();
        const string file = "First,E-Mail,Phone\nAnna,ann@example.com,4155552671\nBob,bob@example.com,\nBobby,BOB@example.com,\n,nobody,\nCy,,\n";
        var dry = await desk.Import(file, attestation: ImportDesk.Word, dryRun: true);

        Assert.Equal("done", dry.State);
        Assert.Equal([1, 1, 1, 0, 2], dry.Counts);
        Assert.Equal(before, await desk.Fingerprint());
        Assert.Equal(dry.Counts, (await desk.Import(file, attestation: ImportDesk.Word)).Counts);
    }

    [Fact]
    public async Task Matches_by_email_first_and_then_by_phone()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import("First,Email,Phone\nAnn,ann@example.com,\nBob,,415-555-2671\nCy,cy@example.com,\n");
        var import = await desk.Import("First,Email,Phone\nX,ANN@example.com,(415) 555 2671\nY,new@example.com,+1 415 555 2671\nZ,cy@example.com,\n");

        // The first row is Ann by her e-mail address, though the phone is Bob's; the second repeats the first one's phone.
        Assert.Equal([0, 2, 1, 0, 0], import.Counts);
    }

    [Fact]
    public async Task A_phone_match_adds_the_new_email_address()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import("First,Phone\nBob,415-555-2671\n");
        var import = await desk.Import("Email,Phone,Last\nbob@example.com,+14155552671,Ray\n");
        Assert.Equal([0, 1, 0, 0, 0], import.Counts);
        Assert.Equal(["Bob|Ray||{}|bob@example.com* +14155552671*|"], await desk.People());
        Assert.Equal(1, (await desk.Import("Email\nbob@example.com\n"))["unchanged"]);
    }

    [Theory]
    [InlineData("fill", "Ann||Old|{\"size\": \"1\", \"zone\": \"Bath\"}")]
    [InlineData("overwrite", "Anna|Lee|New|{\"size\": \"2\", \"zone\": \"Bath\"}")]
    public async Task Fills_or_overwrites_as_chosen(string policy, string result)
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import("E-Mail,First,Company,Size\nann@example.com,Ann,Old,1\n");
        await desk.Import("E-Mail,First,Last,Company,Size,Zone\nann@example.com,Anna,Lee,New,2,Bath\n", policy: policy);
        // "Anna" is another spelling of the name, so its surname is not mixed into the one that is known.
        Assert.Equal([result + "|ann@example.com*|"], await desk.People());
    }

    [Fact]
    public async Task Says_for_each_row_why_it_did_not_come_in()
    {
        var desk = new ImportDesk(await app.NewAccount());
        var import = await desk.Import("Name,E-Mail,Phone,Note\n=cmd(),ann@,,\"a\nb\"\nBob,bob@example.com,n/a,\nBob,bob@example.com,,+1\nCy,cy@example.com,12,\nDi,,,\n,,,\nEve,eve@example.com,,x,y,z\n");

        Assert.Equal([2, 0, 1, 0, 3], import.Counts);
        Assert.Equal(6, import["rows"]);
        Assert.Equal(1, import["incomplete"]);
        var errors = await desk.Errors(import);
        Assert.StartsWith("Name,E-Mail,Phone,Note,Problem\r\n'=cmd(),ann@,,\"a\nb\",“ann@” is not an e-mail address.\r\n", errors, StringComparison.Ordinal);
        Assert.Contains("Bob,bob@example.com,,+1,The same person stands on line 4 with the same e-mail address; that row was taken.", errors, StringComparison.Ordinal);
        Assert.Contains("Cy,cy@example.com,12,,\"Imported, but: “12” is not a phone number, so it was left out.\"", errors, StringComparison.Ordinal);
        Assert.Contains("Di,,,,\"There is neither an e-mail address nor a phone number, so this person could not be told from others.\"", errors, StringComparison.Ordinal);
        Assert.Contains("Eve,eve@example.com,,x,\"This row has 6 cells, but there are 4 columns. A quotation mark or a separator may be missing.\",y,z", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_the_accounts_word_once_per_channel()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var import = await desk.Import(Three, attestation: ImportDesk.Word);

        Assert.Equal((2, 2), (import["emailPermissions"], import["smsPermissions"]));
        Assert.Equal((2, 2), (await desk.Permissions("email"), await desk.Permissions("sms")));
        Assert.Equal(2, await account.Ask<long>("select count(*) from privacy.consent_event where act = 'attested'"));
    }

    [Fact]
    public async Task An_unsubscribed_person_stays_unsubscribed()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        await desk.Import("E-Mail\nann@example.com\nbob@example.com\n", attestation: ImportDesk.Word);
        await account.In(async services => await services.GetRequiredService<IConsentLedger>().Append(
            new ConsentEntry { AddressKey = Key(services, "ann@example.com"), Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.OneClick }, default));

        var again = await desk.Import("E-Mail\nANN@example.com\nbob@example.com\ncy@example.com\n", attestation: ImportDesk.Word);
        Assert.Equal([1, 1, 0, 1, 0], again.Counts);
        Assert.Equal(2, again["emailPermissions"]);
        Assert.Equal("withdrawn", await account.In(async s => (await s.GetRequiredService<IConsentLedger>().Now([Key(s, "ann@example.com")], default)).Single().Act));
        Assert.Contains("Only they can change that.", await desk.Errors(again), StringComparison.Ordinal);

        // Nor does it help to undo the import, or to delete the contact first.
        await desk.Undo(again);
        var ann = await account.Ask<Guid>("select contact_id from contacts.contact_point where normal = 'ann@example.com'");
        (await account.Api.Delete($"/api/v1/contacts/{ann}")).Dispose();
        var anew = await desk.Import("E-Mail\nann@example.com\n", attestation: ImportDesk.Word);
        Assert.Equal((1, 0), (anew["suppressed"], anew["emailPermissions"]));
        Assert.Equal("withdrawn", await account.In(async s => (await s.GetRequiredService<IConsentLedger>().Now([Key(s, "ann@example.com")], default)).Single().Act));
    }

    [Fact]
    public async Task An_erased_person_is_not_brought_back()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        await account.In(s => s.GetRequiredService<ISuppression>().Add(Key(s, "ann@example.com"), Channels.Email, SuppressionReasons.Erased, "", default));
        var import = await desk.Import("E-Mail,Phone\nann@example.com,4155552671\nbob@example.com,\n", attestation: ImportDesk.Word);

        Assert.Equal([1, 0, 0, 1, 0], import.Counts);
        Assert.Equal(["|||{}|bob@example.com*|"], await desk.People());
        Assert.Contains("asked to be erased", await desk.Errors(import), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_thousand_rows_come_in_at_once()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        await desk.Import("E-Mail,First\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"p{i * 4}@example.com,Old\n")));
        var file = "First,Last,E-Mail,Phone,Tags\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"First{i},Last{i},p{i}@example.com,+1415555{i % 10_000:0000},\"a{i % 7},b\"\n"));
        var import = await desk.Import(file, attestation: ImportDesk.Word, tags: """["all"]""");

        // Phones repeat from row 10,000 on.
        Assert.Equal([7_500, 2_500, 10_000, 0, 0], import.Counts);
        Assert.Equal(10_000, import["emailPermissions"]);
        Assert.Equal(12_500, await account.Ask<long>("select count(*) from contacts.contact"));
        Assert.Equal(30_000, await account.Ask<long>("select count(*) from contacts.contact_tag"));
    }

    [Fact]
    public async Task A_killed_import_leaves_nothing_and_runs_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var desk = new ImportDesk(account);
        var (_, body) = await desk.Send(System.Text.Encoding.UTF8.GetBytes(Three), attestation: ImportDesk.Word);
        var before = await desk.Fingerprint();

        // The connection dies with the last statement before the end: what was written goes with it.
        await using (var owner = await own.OpenOwner())
        {
            await owner.Do($"create function contacts.die() returns trigger language plpgsql as $$ begin if new.tenant_id = '{account.Id}' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$; create trigger die before insert on contacts.contact_tag for each row execute function contacts.die()");
            await account.Work(mayFail: true);
            await owner.Do("drop function contacts.die() cascade");
        }

        Assert.Equal(before, await desk.Fingerprint());
        Assert.Equal("running", (await desk.Look(body.GetProperty("id").GetGuid())).State);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await account.Work(mayFail: true);
        var ended = await desk.Look(body.GetProperty("id").GetGuid());
        Assert.Equal([3, 0, 0, 0, 0], ended.Counts);
        Assert.Equal(3, (await desk.People()).Count);

        // Once more by mistake: it is done already.
        await account.In(s => s.GetRequiredService<ImportContactsJobHandler>().Run(new ImportContactsJob(body.GetProperty("id").GetGuid()), default));
        Assert.Equal(3, (await desk.People()).Count);
    }

    private static Guid Key(IServiceProvider services, string email) => services.GetRequiredService<IAddressKeys>().Of(Channels.Email, email);
}
