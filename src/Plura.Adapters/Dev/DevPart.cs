using Plura.Accounts.Contracts;

namespace Plura.Adapters;

/// <summary>The development mailbox belongs to whoever develops; with the account's end its messages go too.</summary>
internal sealed class DevPart : IAccountPart
{
    public string Folder => "development";

    public IReadOnlyList<TakenTable> Tables { get; } = [];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string> { [typeof(DevMessage)] = "the mailbox of an installation that sends no real mail; what was sent stands in messages/sends.csv" };
}
