using Npgsql;

namespace Plura.Contacts;

/// <summary>How a filter is answered: which columns it asks for, and what only PostgreSQL knows.</summary>
internal sealed class ColumnPlan
{
    private readonly ContactFilter filter;
    private readonly FilterFacts facts;
    private readonly Dictionary<Condition, (Leaf Leaf, IReadOnlyList<NpgsqlParameter> Parameters)> leaves = new(ReferenceEqualityComparer.Instance);

    public ColumnPlan(ContactFilter filter, FilterFacts facts)
    {
        (this.filter, this.facts) = (Positive(filter), facts);
        foreach (var condition in Conditions(this.filter))
        {
            var writer = new FilterWriter(facts, "filter", 0);
            leaves[condition] = (writer.Read(condition), writer.Parameters);
        }

        Columns = [.. leaves.Values.Select(l => l.Leaf.Test?.Column).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>PostgreSQL would have to look into every contact.</summary>
    public bool IsHeavy => Columns.Any(c => !HeldColumns.IsIndexed(c)) && !IsDecided(filter);

    /// <summary>The filter over these columns. What they do not tell, PostgreSQL does, as the contacts for whom it is true.</summary>
    public Task<Sieve> Over(ColumnSnapshot state, ColumnReader reader, CancellationToken ct)
    {
        return Of(filter);

        async Task<Sieve> Of(ContactFilter part) => part switch
        {
            Not not => new NotSieve(await Of(not.Part)),
            Condition condition when leaves[condition] is ({ Members: { } members } leaf, var parameters) =>
                leaf.Except ? new NotSieve(await Named(members, parameters)) : await Named(members, parameters),
            Condition condition when IsHeld(condition) => Held(condition),
            AllOf or AnyOf when Conditions(part).Any(IsHeld) || Conditions(part).All(c => leaves[c].Leaf.Members is not null) => part is AllOf all
                ? new AllSieve([.. (await Each(all.Parts)).OrderBy(s => s is MemberSieve ? 0 : 1)])
                : new AnySieve(await Each(((AnyOf)part).Parts)),
            _ => await Whole(part),
        };

        async Task<List<Sieve>> Each(IEnumerable<ContactFilter> parts)
        {
            var sieves = new List<Sieve>();
            foreach (var part in parts)
                sieves.Add(await Of(part));
            return sieves;
        }

        bool IsHeld(Condition condition) => leaves[condition].Leaf.Test is { } test && state.Column(test.Column) is not null;

        Sieve Held(Condition condition) => leaves[condition].Leaf.Test switch
        {
            TextTest text => new TextSieve((TextColumn)state.Column(text.Column)!, text.Fits),
            MomentTest span => new MomentSieve(((MomentColumn)state.Column(span.Column)!).Moments, span.From, span.Before),
            _ => throw new InvalidOperationException($"{condition.Field} is no column."),
        };

        // One statement for all that hangs together, where PostgreSQL has to look into each contact anyway.
        async Task<Sieve> Whole(ContactFilter part)
        {
            var writer = new FilterWriter(facts, "filter", 0);
            return await Named($"select c.id from contacts.contact c where c.tenant_id = @tenant and {writer.Write(part)}", writer.Parameters);
        }

        async Task<Sieve> Named(string sql, IReadOnlyList<NpgsqlParameter> parameters) => new MemberSieve(state.Bits(await reader.Ids(sql, parameters, ct)));
    }

    /// <summary>The same with "not" before what says it, so that the fewer are asked for.</summary>
    private static ContactFilter Positive(ContactFilter filter) => filter switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(Positive)]),
        AnyOf any => new AnyOf([.. any.Parts.Select(Positive)]),
        Not not => new Not(Positive(not.Part)),
        Condition condition => FilterWriter.Opposites.TryGetValue(condition.Op, out var op) ? new Not(condition with { Op = op }) : condition with { },
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    /// <summary>An address is one person's, or a few people's: PostgreSQL finds them by its index, and asks them the rest.</summary>
    private static bool IsDecided(ContactFilter filter) => filter switch
    {
        AllOf all => all.Parts.Any(IsDecided),
        Condition { Field: "email" or "phone", Op: "is" } => true,
        _ => false,
    };

    private static IEnumerable<Condition> Conditions(ContactFilter filter) => filter switch
    {
        AllOf all => all.Parts.SelectMany(Conditions),
        AnyOf any => any.Parts.SelectMany(Conditions),
        Not not => Conditions(not.Part),
        Condition condition => [condition],
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };
}
