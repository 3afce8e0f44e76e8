namespace Plura.Accounts.Contracts
{
    public sealed record Card(string Name);
}

namespace Plura.Accounts.Data
{
    public sealed class Secret;
}

namespace Plura.Accounts
{
    public sealed class LooksRight
    {
        public static string Look() => new Contacts.Contracts.Person("x").Name;
    }
}

namespace Plura.Contacts.Contracts
{
    public sealed record Person(string Name);
}

namespace Plura.Contacts
{
    public sealed class UsesAContract
    {
        public static string Use() => new Accounts.Contracts.Card("x").Name;
    }

    public sealed class PeeksIntoData
    {
        public static async Task<int> Peek()
        {
            await Task.Yield();
            return new Accounts.Data.Secret().GetHashCode();
        }
    }

    public sealed class ContactHelper;
}

namespace Plura.Contacts.Deep
{
    public sealed class TooDeep;
}

namespace Plura.Sites.Contracts
{
    public sealed record Form(string Name);
}

namespace Plura.Payments
{
    public sealed class LooksAtASibling
    {
        private readonly Sites.Contracts.Form? form;

        public string? Name => form?.Name;
    }
}
