using Plura.Platform;

namespace Plura.Sites.Data;

/// <summary>What a visitor wrote on the contact page. It belongs to the operator's own account, and its words stand nowhere else.</summary>
public sealed class VisitorMessage : ITenantOwned
{
    private VisitorMessage()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>The visit it belongs to: the same page sent twice is one message.</summary>
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Message { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static VisitorMessage Of(WriteToUs command, DateTimeOffset now) =>
        new() { Id = command.Visit, Name = command.Name, Email = command.Email, Message = command.Message, At = now };
}
