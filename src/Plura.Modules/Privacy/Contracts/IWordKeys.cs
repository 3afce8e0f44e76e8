namespace Plura.Privacy.Contracts;

/// <summary>
/// The keyed hash by which a word in somebody's message is found: under a key of the scope's account, so that whoever reads the table learns
/// no word from it, and the same word is another one in every account.
/// </summary>
public interface IWordKeys
{
    Guid Of(string word);
}
