using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class PolicyTests(PluraApp app)
{
    private readonly PolicyVersions policies = app.Services.GetRequiredService<PolicyVersions>();

    [Fact]
    public void Every_sentence_has_a_kind_and_the_hash_under_which_it_was_approved()
    {
        Assert.All(policies.All.SelectMany(t => t.Sentences), s =>
        {
            Assert.Contains(s.Kind, SentenceKinds.All);
            Assert.True(s.Hash == PolicySentence.HashOf(s.Text), $"{s.Id} was edited: look at its check and its kind, then write the hash {PolicySentence.HashOf(s.Text)}.");
        });
        Assert.All(policies.All, t => Assert.Equal(t.Sentences.Count(), t.Sentences.Select(s => s.Id).Distinct(StringComparer.Ordinal).Count()));
    }

    [Fact]
    public void Each_document_has_one_current_version_whose_hash_changes_with_its_words()
    {
        foreach (var document in (string[])["privacy", "terms", "dpa"])
        {
            var text = policies.Text(document);
            Assert.Equal((text.Version, text.WordingHash, text.Date), (policies.Current(document).Version, policies.Current(document).WordingHash, policies.Current(document).Date));
            var first = text.Sections[0];
            var edited = text with { Sections = [first with { Sentences = [.. first.Sentences.Skip(1)] }, .. text.Sections.Skip(1)] };
            Assert.NotEqual(text.WordingHash, edited.WordingHash);
        }
    }

    [Fact]
    public async Task Every_check_speaks_of_sentences_that_exist()
    {
        var known = policies.All.SelectMany(t => t.Sentences).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var checks = await app.In(null, s => Task.FromResult(s.GetServices<IPolicyCheck>().SelectMany(c => c.Sentences).ToList()));
        Assert.NotEmpty(checks);
        Assert.All(checks, id => Assert.Contains(id, known));
    }

    [Theory]
    [InlineData("/privacy", "Your personal information is not for sale")]
    [InlineData("/terms", "What is not allowed")]
    [InlineData("/dpa", "Who decides")]
    [InlineData("/privacy/1.0.0", "Your rights")]
    public async Task Anyone_can_read_it_and_sees_what_is_checked_and_what_is_not(string path, string words)
    {
        var page = await app.NewBrowser().Get(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing checks this yet", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('{', page.Find("main").TextContent);
    }

    [Fact]
    public async Task A_version_that_never_was_is_not_shown() =>
        Assert.Contains("There is no such version", (await app.NewBrowser().Get("/privacy/9.9.9")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_check_with_nothing_to_look_at_is_not_green_one_that_looks_holds_and_one_that_finds_something_fails()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        var (said, left) = (Consents.NewAddress(), Consents.NewAddress());
        Assert.Equal(EvidenceState.NotExercised, (await Look(home))["P-41"].State);
        await account.Says(said, ConsentActs.Granted);
        await account.Says(left, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        await account.Asks(Consents.Question(said));
        await account.Asks(Consents.Question(left));
        var good = await Look(home);
        foreach (var id in (string[])["P-41", "P-14", "P-43", "P-42", "P-44", "P-01"])
            Assert.Equal((id, EvidenceState.Holds), (id, good[id].State));

        // What a broken product or a hand in the database would leave behind.
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            await open.Do("insert into privacy.decision (tenant_id, id, send_id, outcome, at, address_key, channel, category, topic, reasons, rules_version) values ($1, gen_random_uuid(), gen_random_uuid(), 'allow', $2, $3, 'email', 'marketing', 'all', '[]', '1')", account.Id, home.Clock.GetUtcNow(), left);
            await open.Do("update privacy.consent_state set act = 'attested', own = false where address_key = $1", left);
            await open.Do("update privacy.consent_event set hash = sha256(hash) where seq = 1");
            await open.Do("alter table privacy.gate_setting no force row level security");
        }

        var bad = await Look(home);
        foreach (var id in (string[])["P-41", "P-14", "P-43", "P-42", "P-44"])
            Assert.Equal((id, EvidenceState.Fails), (id, bad[id].State));
        Assert.Contains("fewer than 5", bad["P-41"].Figure, StringComparison.Ordinal);
        Assert.Contains("Does not hold", (await home.NewBrowser().Get("/privacy")).Text, StringComparison.Ordinal);
    }

    internal static Task<IReadOnlyDictionary<string, Evidence>> Look(PluraApp home)
    {
        home.Clock.Advance(TimeSpan.FromMinutes(2));
        return home.Services.GetRequiredService<PolicyEvidence>().Look(CancellationToken.None);
    }
}
