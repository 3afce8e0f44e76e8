using Plura.Contacts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

/// <summary>The sentence about a permission says what the gate will do, no more and no less.</summary>
public sealed class PermissionsTests
{
    [Theory]
    [InlineData(ConsentActs.Granted, ProofLevels.Proven, "May get e-mail", "allow", "May get marketing e-mail: agreed on 3 May 2026")]
    [InlineData(ConsentActs.Attested, ProofLevels.Attested, "May get e-mail", "allow", "May get marketing e-mail: you stated")]
    [InlineData(ConsentActs.Attested, ProofLevels.None, "No permission", "deny", "No permission for marketing e-mail that you could show. It was noted that this person agreed on 3 May 2026, but not where or in which words.")]
    [InlineData(ConsentActs.Withdrawn, ProofLevels.Proven, "Unsubscribed", "deny", "Gets no marketing e-mail: unsubscribed on 3 May 2026")]
    public void A_permission_without_proof_is_none(string act, string proof, string shortly, string outcome, string sentence)
    {
        var now = Now(Topics.All, act, proof);
        Assert.Equal(shortly, Permissions.Short([now]));
        var said = Permissions.Sentence(Channels.Email, [now]);
        Assert.Equal(outcome, said.Outcome);
        Assert.StartsWith(sentence, said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_holds_for_a_single_topic()
    {
        ConsentNow[] bare = [Now("news", ConsentActs.Attested, ProofLevels.None)];
        Assert.Equal("No permission", Permissions.Short(bare));
        Assert.Equal("deny", Permissions.Sentence(Channels.Email, bare).Outcome);
        Assert.Equal("May get some e-mail", Permissions.Short([.. bare, Now("offers", ConsentActs.Granted, ProofLevels.Proven)]));
        Assert.Equal("May get marketing e-mail about offers.", Permissions.Sentence(Channels.Email, [.. bare, Now("offers", ConsentActs.Granted, ProofLevels.Proven)]).Text);
    }

    private static ConsentNow Now(string topic, string act, string proof) =>
        new(Guid.Empty, Channels.Email, topic, act, ConsentDoors.Form, new DateTimeOffset(2026, 5, 3, 9, 0, 0, TimeSpan.Zero), proof, Own: true, Source: null, Suppressed: null);
}
